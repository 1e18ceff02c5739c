package io.slotcast.broker.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.slotcast.broker.Reply;
import io.slotcast.broker.RespConnection;
import io.slotcast.broker.SingleNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * Ten consumers of one group work off a stream while their connections are killed, and while some
 * leave what they were given: XAUTOCLAIM finds it. Nothing is lost, nothing is acknowledged twice.
 */
class ConsumersThatDieTest {
  private static final int CONSUMERS = 10;
  private static final int PRODUCERS = 2;
  private static final int ENTRIES_EACH = 1_500;
  private static final int ACKNOWLEDGEMENTS_A_KILL = 20;
  private static final String MIN_IDLE = "40";

  private final Set<String> added = ConcurrentHashMap.newKeySet();
  private final Map<String, AtomicInteger> acknowledged = new ConcurrentHashMap<>();

  /** Acknowledgements whose reply a kill has swallowed: they may have been made. */
  private final Set<String> unsure = ConcurrentHashMap.newKeySet();

  private final AtomicInteger deaths = new AtomicInteger();

  /** One for every some acknowledgements: then a connection is killed. */
  private final LinkedBlockingQueue<Integer> kills = new LinkedBlockingQueue<>();

  private final AtomicInteger acknowledgements = new AtomicInteger();
  private volatile boolean done;

  @Test
  void nothingIsLostAndNothingIsAcknowledgedTwice() throws Exception {
    try (SingleNode node = SingleNode.start("--io-threads", "2");
        ExecutorService threads = Executors.newCachedThreadPool()) {
      RespConnection observer = node.connect();
      observer.line("XGROUP CREATE jobs workers 0 MKSTREAM");
      List<Callable<Void>> all = new ArrayList<>();
      for (int i = 0; i < PRODUCERS; i++) {
        all.add(() -> produce(node));
      }
      for (int i = 0; i < CONSUMERS; i++) {
        int number = i;
        all.add(() -> consume(node, number));
      }
      all.add(() -> killUntilDone(node));
      for (Future<Void> each : threads.invokeAll(all)) {
        each.get();
      }
      assertThat(added).hasSize(PRODUCERS * ENTRIES_EACH);
      assertThat(added).allMatch(id -> acknowledged.containsKey(id) || unsure.contains(id));
      assertThat(acknowledged.values()).allMatch(count -> count.get() == 1);
      assertThat(deaths).hasPositiveValue();
      Reply group = observer.reply("XINFO", "GROUPS", "jobs").elements().getFirst();
      assertThat(group.field("pending").text()).isEqualTo("0");
      assertThat(group.field("lag").text()).isEqualTo("0");
      assertThat(group.field("entries-read").text())
          .isEqualTo(Integer.toString(PRODUCERS * ENTRIES_EACH));
    }
  }

  private Void produce(SingleNode node) {
    try (RespConnection connection = RespConnection.to(node.port())) {
      for (int i = 0; i < ENTRIES_EACH; i++) {
        added.add(connection.text("XADD", "jobs", "*", "job", Integer.toString(i)));
      }
    }
    return null;
  }

  /** Kills connections of consumers, which have names, as long as there is work. */
  private Void killUntilDone(SingleNode node) throws InterruptedException {
    Random random = new Random(99);
    try (RespConnection connection = RespConnection.to(node.port())) {
      while (!done) {
        List<String> victims =
            connection
                .text("CLIENT", "LIST")
                .lines()
                .filter(line -> line.contains("name=w"))
                .toList();
        if (kills.poll(10, TimeUnit.MILLISECONDS) != null && !victims.isEmpty()) {
          String line = victims.get(random.nextInt(victims.size()));
          connection.call("CLIENT", "KILL", "ID", line.substring(3, line.indexOf(' ')));
        }
        Reply group = connection.reply("XINFO", "GROUPS", "jobs").elements().getFirst();
        done =
            added.size() == PRODUCERS * ENTRIES_EACH
                && group.field("pending").text().equals("0")
                && group.field("lag").text().equals("0");
      }
    }
    return null;
  }

  private Void consume(SingleNode node, int number) {
    Random random = new Random(number);
    String name = "w" + number;
    while (!done) {
      try (RespConnection connection = RespConnection.to(node.port())) {
        connection.call("CLIENT", "SETNAME", name);
        while (!done) {
          for (String id : take(connection, random, name)) {
            if (random.nextInt(50) == 0) {
              throw new UncheckedIOException(new IOException("this consumer dies"));
            }
            acknowledge(connection, id);
          }
        }
      } catch (UncheckedIOException died) {
        deaths.incrementAndGet();
      }
    }
    return null;
  }

  private static List<String> take(RespConnection connection, Random random, String name) {
    Reply entries;
    if (random.nextInt(3) == 0) {
      String claim = "XAUTOCLAIM jobs workers " + name + " " + MIN_IDLE + " 0 COUNT 5";
      entries = connection.reply(claim.split(" ")).elements().get(1);
    } else {
      String read = "XREADGROUP GROUP workers " + name + " COUNT 5 BLOCK 10 STREAMS jobs >";
      Reply reply = connection.reply(read.split(" "));
      if (reply.elements().isEmpty()) {
        return List.of();
      }
      entries = reply.elements().getFirst().elements().get(1);
    }
    return entries.elements().stream().map(entry -> entry.elements().getFirst().text()).toList();
  }

  private void acknowledge(RespConnection connection, String id) {
    String reply;
    try {
      reply = connection.call("XACK", "jobs", "workers", id);
    } catch (UncheckedIOException killed) {
      unsure.add(id);
      throw killed;
    }
    if (reply.equals(":1\r\n")) {
      acknowledged.computeIfAbsent(id, _ -> new AtomicInteger()).incrementAndGet();
      int count = acknowledgements.incrementAndGet();
      if (count % ACKNOWLEDGEMENTS_A_KILL == 0) {
        kills.add(count);
      }
    }
  }
}
