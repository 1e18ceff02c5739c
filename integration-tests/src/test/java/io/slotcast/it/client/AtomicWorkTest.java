package io.slotcast.it.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** Transactions, delay queues and guards, which several workers use at the same time. */
@Timeout(60)
class AtomicWorkTest {
  @ParameterizedTest
  @ArgumentsSource(EveryClient.class)
  void aTransactionFailsOnlyIfAWatchedKeyWasChanged(Deployment deployment, ClientLibrary library) {
    String from = library.key("{watch}from");
    String to = library.key("{watch}to");
    try (ClientLibrary.Opened opened = library.open(deployment.cluster());
        WorkerClient client = opened.connect();
        WorkerClient other = opened.connect()) {
      client.write(from, 100);
      client.write(to, 0);

      assertThat(client.transfer(from, to, 1, () -> other.write(from, 50))).isFalse();
      assertThat(List.of(client.read(from), client.read(to))).containsExactly(50L, 0L);
      assertThat(client.transfer(from, to, 1, AtomicWorkTest::changeNothing)).isTrue();
      assertThat(List.of(client.read(from), client.read(to))).containsExactly(49L, 1L);
    }
  }

  private static void changeNothing() {
    // Nobody else writes while the transaction is made.
  }

  @ParameterizedTest
  @ArgumentsSource(EveryClient.class)
  void transfersOfManyWorkersLoseNothing(Deployment deployment, ClientLibrary library)
      throws Exception {
    String from = library.key("{transfer}from");
    String to = library.key("{transfer}to");
    try (ClientLibrary.Opened opened = library.open(deployment.cluster());
        WorkerClient observer = opened.connect()) {
      observer.write(from, 1_000);
      observer.write(to, 0);

      ConcurrentWork<Integer> twenty =
          client -> {
            int done = 0;
            while (done < 20) {
              if (client.transfer(from, to, 1, AtomicWorkTest::changeNothing)) {
                done++;
              }
            }
            return done;
          };
      ConcurrentWork.allAtOnce(opened, Collections.nCopies(4, twenty));

      assertThat(observer.read(from)).isEqualTo(920);
      assertThat(observer.read(to)).isEqualTo(80);
    }
  }

  @ParameterizedTest
  @ArgumentsSource(EveryClient.class)
  void delayedJobsComeWhenTheyAreDueAndOnce(Deployment deployment, ClientLibrary library)
      throws Exception {
    String queue = library.key("delayed");
    try (ClientLibrary.Opened opened = library.open(deployment.cluster());
        WorkerClient observer = opened.connect()) {
      for (int due = 99; due >= 0; due--) {
        observer.schedule(queue, "job " + due, due);
      }

      ConcurrentWork<List<String>> upToForty = client -> takeDue(client, queue, 39.5);
      List<List<String>> early =
          ConcurrentWork.allAtOnce(opened, Collections.nCopies(4, upToForty));
      ConcurrentWork<List<String>> theRest =
          client ->
              Stream.iterate(
                      client.takeEarliest(queue),
                      job -> job != null,
                      job -> client.takeEarliest(queue))
                  .toList();
      List<List<String>> late = ConcurrentWork.allAtOnce(opened, Collections.nCopies(4, theRest));

      assertThat(early.stream().flatMap(List::stream))
          .containsExactlyInAnyOrderElementsOf(jobs(0, 40));
      assertThat(late.stream().flatMap(List::stream))
          .containsExactlyInAnyOrderElementsOf(jobs(40, 100));
      assertThat(late)
          .allSatisfy(
              ofOneWorker ->
                  assertThat(ofOneWorker)
                      .containsExactlyElementsOf(
                          jobs(40, 100).stream().filter(ofOneWorker::contains).toList()));
    }
  }

  private static List<String> jobs(int from, int to) {
    return IntStream.range(from, to).mapToObj(number -> "job " + number).toList();
  }

  /** Reads what is due until nothing is, and keeps what no other worker took out before it. */
  private static List<String> takeDue(WorkerClient client, String queue, double now) {
    List<String> taken = new ArrayList<>();
    while (true) {
      List<String> due = client.due(queue, now);
      if (due.isEmpty()) {
        return taken;
      }
      due.stream().filter(job -> client.unschedule(queue, job)).forEach(taken::add);
    }
  }

  @ParameterizedTest
  @ArgumentsSource(EveryClient.class)
  void ofManyWorkersOneGetsEachGuard(Deployment deployment, ClientLibrary library)
      throws Exception {
    AtomicInteger locked = new AtomicInteger();
    AtomicInteger added = new AtomicInteger();
    ConcurrentWork<String> tryAll =
        client -> {
          for (int i = 0; i < 30; i++) {
            locked.addAndGet(client.claimOnce(library.key("guard " + i)) ? 1 : 0);
            added.addAndGet(client.addOnce(library.key("seen"), "job " + i) ? 1 : 0);
          }
          return "";
        };
    try (ClientLibrary.Opened opened = library.open(deployment.cluster())) {
      ConcurrentWork.allAtOnce(opened, Collections.nCopies(5, tryAll));
    }

    assertThat(locked).hasValue(30);
    assertThat(added).hasValue(30);
  }
}
