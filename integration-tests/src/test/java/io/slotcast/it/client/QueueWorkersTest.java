package io.slotcast.it.client;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** Workers on queues that are lists, and on streams with consumer groups. */
@Timeout(60)
class QueueWorkersTest {
  private static final String NO_MORE = "no more";

  private static List<String> jobs(String of, int count) {
    return IntStream.range(0, count).mapToObj(number -> of + " " + number).toList();
  }

  @ParameterizedTest
  @ArgumentsSource(EveryClient.class)
  void theJobsOfEveryQueueAreDoneOnceAndInTheirOrder(Deployment deployment, ClientLibrary library)
      throws Exception {
    List<String> queues =
        IntStream.range(0, 9).mapToObj(i -> library.key("{queue " + i + "}")).toList();
    Map<String, List<String>> done = new ConcurrentHashMap<>();
    try (ClientLibrary.Opened opened = library.open(deployment.cluster());
        WorkerClient observer = opened.connect()) {
      assertThat(observer.owners(queues)).as("shards of the queues").hasSize(3);

      List<ConcurrentWork<String>> work = new ArrayList<>();
      for (String queue : queues) {
        work.add(producer -> pushAll(producer, queue, jobs(queue, 50)));
        work.add(
            worker -> {
              done.put(queue, doAll(worker, queue));
              return queue;
            });
      }
      ConcurrentWork.allAtOnce(opened, work);

      for (String queue : queues) {
        assertThat(done.get(queue)).isEqualTo(jobs(queue, 50));
        assertThat(observer.length(queue)).isZero();
        assertThat(observer.length(queue + " processing")).isZero();
      }
    }
  }

  private static String pushAll(WorkerClient producer, String queue, List<String> jobs) {
    jobs.forEach(job -> producer.push(queue, job));
    producer.push(queue, NO_MORE);
    return queue;
  }

  /** Does the jobs of a queue, each of which is in the processing list while it is done. */
  private static List<String> doAll(WorkerClient worker, String queue) {
    List<String> done = new ArrayList<>();
    String processing = queue + " processing";
    while (true) {
      String job = worker.move(queue, processing);
      assertThat(worker.remove(processing, job)).isEqualTo(1);
      if (job.equals(NO_MORE)) {
        return done;
      }
      done.add(job);
    }
  }

  @ParameterizedTest
  @ArgumentsSource(EveryClient.class)
  void workersThatShareAQueueDoEachJobOnce(Deployment deployment, ClientLibrary library)
      throws Exception {
    String queue = library.key("shared queue");
    try (ClientLibrary.Opened opened = library.open(deployment.cluster())) {
      List<ConcurrentWork<List<String>>> work = new ArrayList<>();
      for (String producer : List.of("a", "b", "c", "d")) {
        work.add(
            client -> {
              pushAll(client, queue, jobs(producer, 50));
              return List.of();
            });
        work.add(
            client ->
                Stream.generate(() -> client.take(queue))
                    .takeWhile(job -> !job.equals(NO_MORE))
                    .toList());
      }
      List<List<String>> done = ConcurrentWork.allAtOnce(opened, work);

      assertThat(done.stream().flatMap(List::stream))
          .containsExactlyInAnyOrderElementsOf(
              Stream.of("a", "b", "c", "d").flatMap(name -> jobs(name, 50).stream()).toList());
      for (List<String> ofOneWorker : done) {
        for (String producer : List.of("a", "b", "c", "d")) {
          assertThat(ofOneWorker.stream().filter(job -> job.startsWith(producer)))
              .as("the jobs of one producer with one worker")
              .isSortedAccordingTo(Comparator.comparingInt(QueueWorkersTest::number));
        }
      }
    }
  }

  private static int number(String job) {
    return Integer.parseInt(job.substring(job.lastIndexOf(' ') + 1));
  }

  @ParameterizedTest
  @ArgumentsSource(EveryClient.class)
  void whatADeadConsumerLeftIsClaimedAndEachEntryIsAcknowledgedOnce(
      Deployment deployment, ClientLibrary library) throws Exception {
    List<String> streams = IntStream.range(0, 6).mapToObj(i -> library.key("stream " + i)).toList();
    Queue<String> acknowledged = new ConcurrentLinkedQueue<>();
    try (ClientLibrary.Opened opened = library.open(deployment.cluster());
        WorkerClient observer = opened.connect()) {
      assertThat(observer.owners(streams)).as("shards of the streams").hasSize(3);
      for (String stream : streams) {
        observer.createGroup(stream, "group");
        takeTenAndDie(opened, stream);
      }

      List<ConcurrentWork<String>> work = new ArrayList<>();
      for (String stream : streams) {
        AtomicBoolean allThere = new AtomicBoolean();
        work.add(
            producer -> {
              jobs(stream, 60).stream().skip(10).forEach(job -> producer.append(stream, job));
              allThere.set(true);
              return stream;
            });
        work.add(living -> readAll(living, stream, "one", allThere, acknowledged));
        work.add(living -> readAll(living, stream, "other", allThere, acknowledged));
      }
      ConcurrentWork.allAtOnce(opened, work);
      assertThat(acknowledged).hasSize(6 * 50);

      for (String stream : streams) {
        assertThat(observer.pending(stream, "group")).as("what the dead one had").isEqualTo(10);
        for (int claimed = 0; claimed < 10; ) {
          List<WorkerClient.Delivery> some = observer.claim(stream, "group", "heir", 4);
          assertThat(some).isNotEmpty();
          finish(observer, stream, some, acknowledged);
          claimed += some.size();
        }
        assertThat(observer.pending(stream, "group")).isZero();
      }

      assertThat(acknowledged)
          .containsExactlyInAnyOrderElementsOf(
              streams.stream().flatMap(stream -> jobs(stream, 60).stream()).toList());
    }
  }

  /** Appends ten entries, and has them delivered to a consumer that answers for none of them. */
  private static void takeTenAndDie(ClientLibrary.Opened opened, String stream) {
    try (WorkerClient dying = opened.connect()) {
      jobs(stream, 10).forEach(job -> dying.append(stream, job));
      assertThat(dying.read(stream, "group", "dying", 10)).hasSize(10);
    }
  }

  /** Reads until all are there and nothing more comes, and answers for each. */
  private static String readAll(
      WorkerClient living,
      String stream,
      String consumer,
      AtomicBoolean allThere,
      Queue<String> acknowledged) {
    while (true) {
      boolean last = allThere.get();
      List<WorkerClient.Delivery> read = living.read(stream, "group", consumer, 7);
      if (last && read.isEmpty()) {
        return stream;
      }
      finish(living, stream, read, acknowledged);
    }
  }

  /** Answers for the entries: twice, of which only one may count. */
  private static void finish(
      WorkerClient worker,
      String stream,
      List<WorkerClient.Delivery> deliveries,
      Queue<String> acknowledged) {
    for (WorkerClient.Delivery delivery : deliveries) {
      assertThat(worker.acknowledge(stream, "group", delivery.id())).isEqualTo(1);
      assertThat(worker.acknowledge(stream, "group", delivery.id())).isZero();
      acknowledged.add(delivery.job());
    }
  }
}
