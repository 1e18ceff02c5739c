package io.slotcast.broker.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;

/**
 * Publishers and subscribers of one cell, all driven by the thread that calls. A message carries
 * the time at which it was due, so that at a fixed rate what a slow server holds up counts as late:
 * no omission is coordinated with the server.
 */
final class FanoutLoad implements AutoCloseable {
  /** What has not come when nothing came for so long is lost. */
  private static final long SILENCE_NANOS = TimeUnit.SECONDS.toNanos(2);

  private final FanoutCell cell;
  private final Selector selector;
  private final List<SubscriberSocket> subscribers = new ArrayList<>();
  private final List<PublisherSocket> publishers = new ArrayList<>();

  /** Which publisher sends next at a fixed rate. */
  private int turn;

  private FanoutLoad(FanoutCell cell) throws IOException {
    this.cell = cell;
    this.selector = Selector.open();
  }

  /** Connects and subscribes. */
  static FanoutLoad open(TargetCluster cluster, FanoutCell cell, FanoutLayout layout)
      throws BenchException {
    try {
      FanoutLoad load = new FanoutLoad(cell);
      try {
        load.subscribe(cluster, layout);
        load.connectPublishers(cluster, layout);
      } catch (BenchException e) {
        load.close();
        throw e;
      }
      return load;
    } catch (IOException e) {
      throw new BenchException("no selector: " + e.getMessage(), e);
    }
  }

  private void subscribe(TargetCluster cluster, FanoutLayout layout) throws BenchException {
    List<TargetNode> primaries = cluster.primaries();
    for (int channel = 0; channel < cell.channels(); channel++) {
      for (int i = 0; i < cell.subscribers(); i++) {
        InetSocketAddress address = primaries.get(layout.subscriberNode(channel, i)).address();
        var subscriber =
            new SubscriberSocket(address, cluster.password(), cell, FanoutCell.channel(channel));
        subscribers.add(subscriber);
        subscriber.begins(selector);
      }
    }
  }

  private void connectPublishers(TargetCluster cluster, FanoutLayout layout) throws BenchException {
    List<TargetNode> primaries = cluster.primaries();
    for (int i = 0; i < cell.publishers(); i++) {
      int node = i % primaries.size();
      List<String> channels =
          IntStream.range(0, cell.channels())
              .filter(channel -> layout.publishes(node, channel))
              .mapToObj(FanoutCell::channel)
              .toList();
      if (!channels.isEmpty()) {
        var publisher =
            new PublisherSocket(
                primaries.get(node).address(), cluster.password(), cell, channels, i * 7);
        publishers.add(publisher);
        publisher.begins(selector);
      }
    }
  }

  /** What one run has shown. */
  record Outcome(long published, Arrivals arrivals, long nanos) {}

  /**
   * Publishes for so long, and waits until every message has come or nothing comes any more.
   *
   * @param cancelled ends the publishing early
   */
  Outcome run(Duration duration, BooleanSupplier cancelled) throws BenchException {
    Arrivals arrivals = new Arrivals();
    long begin = System.nanoTime();
    long end = begin + duration.toNanos();
    long published = 0;
    boolean ended = false;
    while (true) {
      long now = System.nanoTime();
      if (!ended) {
        published +=
            cell.isClosedLoop() ? refill(now) : sendDue(begin, Math.min(now, end), published);
        ended = now - end >= 0 || cancelled.getAsBoolean();
      }
      for (PublisherSocket publisher : publishers) {
        publisher.send();
      }
      if (ended && isOver(arrivals, published, now)) {
        return new Outcome(published, arrivals, arrivals.lastNanos() - begin);
      }
      await(arrivals, ended);
    }
  }

  private boolean isOver(Arrivals arrivals, long published, long now) {
    boolean allCame =
        arrivals.replies() == published && arrivals.messages() == published * cell.subscribers();
    return allCame || now - arrivals.lastNanos() > SILENCE_NANOS;
  }

  /** Fills pipelines that are half empty, as clients with a pipeline do. */
  private long refill(long now) {
    long put = 0;
    for (PublisherSocket publisher : publishers) {
      int room = cell.pipeline() - publisher.underWay();
      if (room >= (cell.pipeline() + 1) / 2 && !publisher.hasUnsent()) {
        for (; room > 0 && publisher.put(now); room--) {
          put++;
        }
      }
    }
    return put;
  }

  /** Sends what was due by now, each with the time at which it was. */
  private long sendDue(long begin, long now, long published) throws BenchException {
    long due = (long) Math.ceil((now - begin) / 1e9 * cell.rate());
    long put = 0;
    while (published + put < due) {
      PublisherSocket publisher = publishers.get(turn);
      long dueNanos = begin + (long) ((published + put) * 1e9 / cell.rate());
      if (publisher.underWay() >= PublisherSocket.MOST_UNDER_WAY || !publisher.put(dueNanos)) {
        throw new BenchException(
            "the cluster is too slow for " + cell.rate() + " messages a second");
      }
      turn = turn + 1 == publishers.size() ? 0 : turn + 1;
      put++;
    }
    return put;
  }

  /** At a fixed rate it does not sleep: the clock of a selector is too coarse for it. */
  private void await(Arrivals arrivals, boolean ended) throws BenchException {
    try {
      if (cell.isClosedLoop() || ended) {
        selector.select(key -> take((LoadSocket) key.attachment(), arrivals), 1);
      } else {
        selector.selectNow(key -> take((LoadSocket) key.attachment(), arrivals));
      }
    } catch (TakeFailed e) {
      throw e.why;
    } catch (IOException e) {
      throw new BenchException("waiting for the cluster failed: " + e.getMessage(), e);
    }
  }

  private static void take(LoadSocket socket, Arrivals arrivals) {
    try {
      socket.readable(arrivals);
    } catch (BenchException e) {
      throw new TakeFailed(e);
    }
  }

  /** Carries a checked exception through the selector. */
  private static final class TakeFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private final BenchException why;

    TakeFailed(BenchException why) {
      super(why);
      this.why = why;
    }
  }

  @Override
  public void close() throws BenchException {
    for (LoadSocket socket : publishers) {
      socket.close();
    }
    for (LoadSocket socket : subscribers) {
      socket.close();
    }
    try {
      selector.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
