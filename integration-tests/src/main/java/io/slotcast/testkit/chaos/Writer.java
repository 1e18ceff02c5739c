package io.slotcast.testkit.chaos;

import io.slotcast.broker.client.RespValue;
import io.slotcast.testkit.ClusterClient;
import io.slotcast.testkit.ClusterClient.Answer;
import io.slotcast.testkit.history.History;
import io.slotcast.testkit.history.Operation;
import io.slotcast.testkit.history.Operation.Kind;
import io.slotcast.testkit.history.Outcome;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * A client that writes and reads one after the other, and notes what it asked and what it knows.
 */
final class Writer implements Runnable {
  private static final String EPOCH_FIELD = "cluster_current_epoch:";

  private final String name;
  private final WorkloadPlan plan;
  private final ClusterClient client;
  private final Random random;
  private final History history;
  private final CountDownLatch stop;
  private long written;

  Writer(
      String name,
      WorkloadPlan plan,
      ClusterClient client,
      Random random,
      History history,
      CountDownLatch stop) {
    this.name = name;
    this.plan = plan;
    this.client = client;
    this.random = random;
    this.history = history;
    this.stop = stop;
  }

  @Override
  public void run() {
    try (client) {
      Kind[] kinds = Kind.values();
      while (!stop.await(plan.pause().toNanos(), TimeUnit.NANOSECONDS)) {
        request(kinds[random.nextInt(kinds.length)], random.nextInt(plan.keys()));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void request(Kind kind, int number) {
    String key = Keys.key(kind, number);
    String value = kind == Kind.GET || kind == Kind.INCR ? "" : name + "-" + written++;
    long invoked = System.nanoTime();
    Answer answer =
        switch (kind) {
          case XADD -> client.call(key, "XADD", key, "*", "v", value);
          case RPUSH -> client.call(key, "RPUSH", key, value);
          case SET -> client.call(key, "SET", key, value);
          case GET -> client.call(key, "GET", key);
          case INCR -> client.call(Keys.slot(key), countWithEpoch(key));
        };
    long answered = System.nanoTime();
    history.add(new Operation(kind, key, value, invoked, answered, outcome(kind, answer)));
  }

  /** In one transaction, so that the epoch is that by which the node took the write. */
  private static List<List<String>> countWithEpoch(String key) {
    return List.of(
        List.of("MULTI"), List.of("INCR", key), List.of("CLUSTER", "INFO"), List.of("EXEC"));
  }

  private static Outcome outcome(Kind kind, Answer answer) {
    return switch (answer) {
      case Answer.Given given -> acknowledged(kind, given);
      case Answer.Refused(String error) -> new Outcome.Refused(error);
      case Answer.Unknown(String why) -> new Outcome.Unknown(why);
    };
  }

  private static Outcome acknowledged(Kind kind, Answer.Given given) {
    String node = given.by().toString();
    RespValue reply = given.last();
    return kind == Kind.INCR
        ? new Outcome.Acknowledged(reply.item(0).text(), node, epoch(reply.item(1).text()))
        : new Outcome.Acknowledged(reply.text(), node, 0);
  }

  private static long epoch(String clusterInfo) {
    return clusterInfo
        .lines()
        .filter(line -> line.startsWith(EPOCH_FIELD))
        .mapToLong(line -> Long.parseLong(line.substring(EPOCH_FIELD.length()).strip()))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no epoch in " + clusterInfo));
  }
}
