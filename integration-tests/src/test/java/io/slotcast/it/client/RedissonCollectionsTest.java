package io.slotcast.it.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.redisson.api.RBlockingDeque;
import org.redisson.api.RBlockingQueue;
import org.redisson.api.RMap;
import org.redisson.api.RScoredSortedSet;
import org.redisson.api.RStream;
import org.redisson.api.RedissonClient;
import org.redisson.api.queue.DequeMoveArgs;
import org.redisson.api.stream.AutoClaimResult;
import org.redisson.api.stream.StreamAddArgs;
import org.redisson.api.stream.StreamCreateGroupArgs;
import org.redisson.api.stream.StreamMessageId;
import org.redisson.api.stream.StreamRangeArgs;
import org.redisson.api.stream.StreamReadGroupArgs;
import org.redisson.client.protocol.ScoredEntry;

/** Redisson's collections, as far as it asks for them without scripts. */
@Timeout(30)
class RedissonCollectionsTest {
  private interface Scenario {
    void with(RedissonClient client) throws Exception;
  }

  private static void against(Deployment deployment, Scenario scenario) throws Exception {
    RedissonClient client = RedissonTest.client(deployment.cluster());
    try {
      scenario.with(client);
    } finally {
      client.shutdown();
    }
  }

  @ParameterizedTest
  @EnumSource
  void whatTheCollectionsHoldIsReadBack(Deployment deployment) throws Exception {
    against(
        deployment,
        client -> {
          aQueueHandsOverInItsOrder(client);
          aDequeMovesBetweenItsEnds(client);
          aScoredSetRanksItsMembers(client);
          aMapKeepsItsFields(client);
          aStreamIsReadByGroups(client);
        });
  }

  private static void aQueueHandsOverInItsOrder(RedissonClient client) throws Exception {
    RBlockingQueue<String> queue = client.getBlockingQueue("redisson:queue");
    List<String> jobs = IntStream.range(0, 100).mapToObj(i -> "job " + i).toList();
    try (ExecutorService taker = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<List<String>> taken =
          taker.submit(
              () -> {
                List<String> all = new ArrayList<>();
                while (all.size() < jobs.size()) {
                  all.add(queue.take());
                }
                return all;
              });
      for (String job : jobs) {
        queue.put(job);
      }
      assertThat(taken.get(20, TimeUnit.SECONDS)).isEqualTo(jobs);
    }
    assertThat(queue.poll(1, TimeUnit.SECONDS)).isNull();
    queue.addAll(List.of("a", "b", "c"));
    assertThat(queue.readAll()).containsExactly("a", "b", "c");
    assertThat(queue.remove("b")).isTrue();
    assertThat(queue.peek()).isEqualTo("a");
    assertThat(queue.poll()).isEqualTo("a");
    assertThat(queue).containsExactly("c");
  }

  private static void aDequeMovesBetweenItsEnds(RedissonClient client) throws Exception {
    RBlockingDeque<String> deque = client.getBlockingDeque("{redisson:deque}");
    RBlockingDeque<String> processing = client.getBlockingDeque("{redisson:deque}:processing");
    deque.putLast("b");
    deque.putLast("c");
    deque.putFirst("a");
    assertThat(deque.takeLast()).isEqualTo("c");
    assertThat(deque.pollLastAndOfferFirstTo(processing.getName(), 1, TimeUnit.SECONDS))
        .isEqualTo("b");
    assertThat(
            deque.move(
                Duration.ofSeconds(1), DequeMoveArgs.pollFirst().addLastTo(processing.getName())))
        .isEqualTo("a");
    assertThat(deque.isExists()).isFalse();
    assertThat(processing.readAll()).containsExactly("b", "a");
    assertThat(processing.takeFirst()).isEqualTo("b");
    assertThat(processing.pollLast(1, TimeUnit.SECONDS)).isEqualTo("a");
    assertThat(processing.pollFirst(1, TimeUnit.SECONDS)).isNull();
  }

  private static void aScoredSetRanksItsMembers(RedissonClient client) {
    RScoredSortedSet<String> set = client.getScoredSortedSet("redisson:scores");
    Map<String, Double> scores = Map.of("one", 1.0, "two", 2.0, "three", 3.0, "four", 4.0);
    assertThat(set.addAll(scores)).isEqualTo(4);
    assertThat(set.add(2.5, "two")).isFalse();
    assertThat(set.addIfAbsent(9, "two")).isFalse();
    assertThat(set.addScore("one", 0.25)).isEqualTo(1.25);
    assertThat(set.getScore("two")).isEqualTo(2.5);
    assertThat(set.rank("three")).isEqualTo(2);
    assertThat(set.revRank("four")).isZero();
    assertThat(set.rank("nobody")).isNull();
    assertThat(set.valueRange(1, true, 3, true)).containsExactly("one", "two", "three");
    Collection<ScoredEntry<String>> last = set.entryRangeReversed(0, 0);
    assertThat(last).containsExactly(new ScoredEntry<>(4.0, "four"));
    assertThat(set.count(2, true, Double.POSITIVE_INFINITY, true)).isEqualTo(3);
    assertThat(set).containsExactly("one", "two", "three", "four");
    assertThat(set.pollFirst(Duration.ofSeconds(1))).isEqualTo("one");
    assertThat(set.pollLast(Duration.ofSeconds(1))).isEqualTo("four");
    assertThat(set.removeRangeByScore(2, true, 3, true)).isEqualTo(2);
    // Redisson sends whole seconds: less than one would be 0, which waits for ever.
    assertThat(set.pollFirst(Duration.ofSeconds(1))).isNull();
  }

  private static void aMapKeepsItsFields(RedissonClient client) {
    RMap<String, String> map = client.getMap("redisson:map");
    Map<String, String> all = new LinkedHashMap<>();
    IntStream.range(0, 300).forEach(i -> all.put("field " + i, "value " + i));
    map.putAll(all);
    assertThat(map.fastPut("field 0", "other")).isFalse();
    assertThat(map.fastPut("field 300", "new")).isTrue();
    assertThat(map.fastPutIfAbsent("field 0", "again")).isFalse();
    assertThat(map.get("field 0")).isEqualTo("other");
    assertThat(map.getAll(Set.of("field 1", "nothing")))
        .containsExactly(entry("field 1", "value 1"));
    assertThat(map.containsKey("field 7")).isTrue();
    assertThat(map.valueSize("field 300")).isEqualTo(3);
    assertThat(map.fastRemove("field 0", "field 300", "nothing")).isEqualTo(2);
    all.remove("field 0");
    assertThat(map.readAllMap()).isEqualTo(all);
    assertThat(map.size()).isEqualTo(299);
  }

  private static void aStreamIsReadByGroups(RedissonClient client) {
    RStream<String, String> stream = client.getStream("redisson:stream");
    stream.createGroup(StreamCreateGroupArgs.name("group").makeStream());
    List<StreamMessageId> ids = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      ids.add(stream.add(StreamAddArgs.entry("job", "job " + i)));
    }
    StreamReadGroupArgs six =
        StreamReadGroupArgs.neverDelivered().count(6).timeout(Duration.ofSeconds(1));
    assertThat(stream.readGroup("group", "dead", six)).containsOnlyKeys(ids.subList(0, 6));
    Map<StreamMessageId, Map<String, String>> rest = stream.readGroup("group", "living", six);
    assertThat(rest).containsOnlyKeys(ids.subList(6, 10));
    assertThat(rest.get(ids.get(9))).containsExactly(entry("job", "job 9"));
    assertThat(stream.ack("group", ids.subList(6, 10).toArray(StreamMessageId[]::new)))
        .isEqualTo(4);
    assertThat(stream.getPendingInfo("group").getConsumerNames())
        .containsExactly(entry("dead", 6L));

    AutoClaimResult<String, String> claimed =
        stream.autoClaim("group", "living", 0, TimeUnit.MILLISECONDS, ids.getFirst(), 4);
    assertThat(claimed.getMessages()).containsOnlyKeys(ids.subList(0, 4));
    assertThat(claimed.getNextId()).isEqualTo(ids.get(4));
    assertThat(stream.ack("group", ids.subList(0, 6).toArray(StreamMessageId[]::new))).isEqualTo(6);
    assertThat(stream.getPendingInfo("group").getTotal()).isZero();
    assertThat(stream.range(StreamRangeArgs.startId(ids.get(2)).endId(ids.get(4))))
        .containsOnlyKeys(ids.subList(2, 5));
    assertThat(stream.remove(ids.get(0), ids.get(1))).isEqualTo(2);
    assertThat(stream.size()).isEqualTo(8);
    assertThat(stream.listGroups())
        .singleElement()
        .satisfies(group -> assertThat(group.getName()).isEqualTo("group"));
  }
}
