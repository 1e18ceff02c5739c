package io.slotcast.testkit.chaos;

import io.slotcast.broker.client.RespValue;
import io.slotcast.testkit.ClusterClient;
import io.slotcast.testkit.ClusterClient.Answer;
import io.slotcast.testkit.history.Operation.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The only consumer of a group on each stream: reads, answers for what it read, and counts. */
final class GroupConsumer implements Runnable {
  private static final String GROUP = "group";
  private static final String CONSUMER = "consumer";
  private static final int COUNT = 100;

  private final WorkloadPlan plan;
  private final ClusterClient client;
  private final CountDownLatch stop;

  // Read when the consumer has ended.
  private final Map<String, Set<String>> delivered = new HashMap<>();
  private final List<String> errors = new ArrayList<>();
  private long repeated;

  GroupConsumer(WorkloadPlan plan, ClusterClient client, CountDownLatch stop) {
    this.plan = plan;
    this.client = client;
    this.stop = stop;
  }

  /** Makes the groups; all streams are empty then. */
  void createGroups() {
    for (int number = 0; number < plan.keys(); number++) {
      String stream = Keys.key(Kind.XADD, number);
      delivered.put(stream, new HashSet<>());
      Answer made = client.call(stream, "XGROUP", "CREATE", stream, GROUP, "0", "MKSTREAM");
      if (!(made instanceof Answer.Given)) {
        throw new IllegalStateException("no group on " + stream + ": " + made);
      }
    }
  }

  @Override
  public void run() {
    try {
      while (!stop.await(plan.pause().toNanos(), TimeUnit.NANOSECONDS)) {
        for (int number = 0; number < plan.keys() && stop.getCount() > 0; number++) {
          readNew(Keys.key(Kind.XADD, number));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private int readNew(String stream) {
    String count = Integer.toString(COUNT);
    Answer answer =
        client.call(
            stream, "XREADGROUP", "GROUP", GROUP, CONSUMER, "COUNT", count, "STREAMS", stream, ">");
    return switch (answer) {
      case Answer.Given given when given.last().isNil() -> 0;
      case Answer.Given given -> take(stream, given.last().item(0).item(1).items());
      case Answer.Refused _ -> 0;
      case Answer.Unknown(String why) -> {
        note(stream, why);
        yield 0;
      }
    };
  }

  private void note(String stream, String why) {
    if (why.contains("NOGROUP")) {
      errors.add(stream + ": " + why);
    }
  }

  private int take(String stream, List<RespValue> entries) {
    List<String> acknowledgement = new ArrayList<>(List.of("XACK", stream, GROUP));
    for (RespValue entry : entries) {
      acknowledgement.add(entry.item(0).text());
      if (!delivered.getOrDefault(stream, Set.of()).add(entry.item(0).text())) {
        repeated++;
      }
    }
    client.call(stream, acknowledgement.toArray(String[]::new));
    return entries.size();
  }

  /** When the cluster is whole: reads what is left, and what was handed out without an answer. */
  void drain() {
    for (String stream : delivered.keySet()) {
      while (readNew(stream) > 0) {
        // More may be left.
      }
      while (claim(stream) > 0) {
        // More may be left.
      }
    }
    client.close();
  }

  private int claim(String stream) {
    Answer answer = client.call(stream, "XAUTOCLAIM", stream, GROUP, CONSUMER, "0", "0");
    return answer instanceof Answer.Given given ? take(stream, given.last().item(1).items()) : 0;
  }

  /** By stream, the ids of all entries that were handed to the consumer. */
  Map<String, Set<String>> delivered() {
    return delivered;
  }

  /** Entries that came again. */
  long repeated() {
    return repeated;
  }

  /** A group that is no longer there. */
  List<String> errors() {
    return errors;
  }
}
