package io.slotcast.testkit.chaos;

import io.slotcast.broker.client.RespConnection;
import io.slotcast.broker.client.RespValue;
import io.slotcast.testkit.ClusterClient;
import io.slotcast.testkit.history.DeliveryCount;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Counts the messages of one channel. Subscribes anew wherever it is sent, when its connection is
 * lost, and when the server ends its subscription, as client libraries do.
 */
final class Subscriber implements Runnable {
  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final int PAUSE_MILLIS = 20;

  private final String command;
  private final String channel;
  private final List<InetSocketAddress> nodes;
  private final Random random;
  private final CountDownLatch stop;
  private final CountDownLatch subscribed = new CountDownLatch(1);

  // Read when the subscriber has ended.
  private final DeliveryCount count = new DeliveryCount();
  private long subscriptions;

  /**
   * @param command SUBSCRIBE or SSUBSCRIBE
   */
  Subscriber(
      String command,
      String channel,
      List<InetSocketAddress> nodes,
      Random random,
      CountDownLatch stop) {
    this.command = command;
    this.channel = channel;
    this.nodes = nodes;
    this.random = random;
    this.stop = stop;
  }

  @Override
  public void run() {
    InetSocketAddress next = anyNode();
    try {
      while (!stop.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS)) {
        next = subscribeAt(next);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private InetSocketAddress anyNode() {
    return nodes.get(random.nextInt(nodes.size()));
  }

  /** Follows the channel at one node as long as that works; returns where to go on. */
  private InetSocketAddress subscribeAt(InetSocketAddress node) {
    try (RespConnection connection = RespConnection.open(node, PATIENCE)) {
      RespValue confirmation = connection.call(command, channel);
      if (confirmation.isError()) {
        return redirect(confirmation.text());
      }
      subscriptions++;
      subscribed.countDown();
      receive(connection);
    } catch (UncheckedIOException e) {
      // Lost, or silent for long: somewhere else then.
    }
    return anyNode();
  }

  private void receive(RespConnection connection) {
    boolean asked = false;
    while (stop.getCount() > 0) {
      RespValue message;
      try {
        message = connection.read();
        asked = false;
      } catch (UncheckedIOException e) {
        if (asked || !(e.getCause() instanceof SocketTimeoutException)) {
          throw e;
        }
        // Silence: a node that lives answers this.
        connection.send("PING");
        asked = true;
        continue;
      }
      if (message.isError()) {
        // LOADING to the PING: it lives.
        continue;
      }
      switch (message.item(0).text()) {
        case "message", "smessage" -> count.add(Long.parseLong(message.item(2).text()));
        case "sunsubscribe", "unsubscribe" -> {
          return;
        }
        default -> {}
      }
    }
  }

  private InetSocketAddress redirect(String error) {
    if (!error.startsWith("MOVED ")) {
      return anyNode();
    }
    return ClusterClient.redirectTarget(error);
  }

  /** Waits until it is subscribed for the first time. */
  boolean awaitSubscribed(Duration patience) throws InterruptedException {
    return subscribed.await(patience.toNanos(), TimeUnit.NANOSECONDS);
  }

  DeliveryCount count() {
    return count;
  }

  /** How often it has subscribed. */
  long subscriptions() {
    return subscriptions;
  }
}
