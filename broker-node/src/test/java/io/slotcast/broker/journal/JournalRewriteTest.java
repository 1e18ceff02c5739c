package io.slotcast.broker.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.slotcast.broker.RespConnection;
import io.slotcast.broker.SingleNode;
import io.slotcast.broker.config.PersistenceDirectives.Fsync;
import io.slotcast.broker.effect.Words;
import io.slotcast.broker.keyspace.Slot;
import io.slotcast.broker.keyspace.SlotTable;
import io.slotcast.broker.keyspace.hash.HashValue;
import io.slotcast.broker.keyspace.rdb.RdbSettings;
import io.slotcast.broker.keyspace.rdb.SlotImages;
import io.slotcast.broker.keyspace.sortedset.SortedSetValue;
import io.slotcast.broker.keyspace.stream.NodeLimits;
import io.slotcast.broker.keyspace.string.StringValue;
import io.slotcast.broker.net.ReplyGate;
import io.slotcast.router.SlotHash;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalRewriteTest {
  private static final RdbSettings LAYOUT =
      new RdbSettings(
          true,
          -2,
          16,
          new HashValue.Limits(8, 64),
          new SortedSetValue.Limits(() -> 8, () -> 64),
          new NodeLimits(() -> 200, () -> 10),
          false);

  @TempDir private Path folder;

  private final SlotTable slots = new SlotTable();

  @Test
  void aCrashBehindAnyStepOfARewriteLosesNothing() throws Exception {
    Map<Journal.Step, Path> crashes = new EnumMap<>(Journal.Step.class);
    Path data = Files.createDirectory(folder.resolve("data"));
    Journal journal =
        new Journal(
            new JournalFolder(data, "appendonlydir", "appendonly.aof"),
            slots.effects(),
            new SlotFile(slots, new SlotImages(() -> LAYOUT), InstantSource.system()),
            () -> new JournalWriter.Policy(Fsync.ALWAYS, true, false),
            InstantSource.system(),
            new ReplyGate(List.of()).newCondition(),
            new NoOwner(),
            Runnable::run,
            "journal",
            step -> crashes.put(step, copyOf(data, step)));
    SlotFile.Options options = new SlotFile.Options(true, true, () -> 0, () -> false);
    journal.open(options);
    for (int i = 0; i < 100; i++) {
      set("before" + i);
    }
    awaitDurable(journal);

    journal.rewrite(options);
    set("after");
    awaitDurable(journal);
    journal.disable();

    assertThat(crashes).containsOnlyKeys(Journal.Step.values());
    crashes.forEach((step, crashed) -> assertHolds(crashed, 100));
    assertHolds(data, 101);
  }

  @Test
  void writersThatGoOnDuringRewritesAreNeitherLostNorDoubled() throws Exception {
    List<String> expected;
    try (SingleNode node = start(folder, "--rdb-key-save-delay", "200");
        ExecutorService writers = Executors.newFixedThreadPool(3)) {
      RespConnection client = node.connect();
      for (int i = 0; i < 500; i++) {
        client.call("RPUSH", "list" + i, "first");
      }
      AtomicBoolean stop = new AtomicBoolean();
      List<Future<?>> running = new ArrayList<>();
      for (int writer = 0; writer < 3; writer++) {
        int number = writer;
        running.add(writers.submit(() -> write(node, number, stop)));
      }
      for (int rewrites = 1; rewrites <= 3; rewrites++) {
        client.line("BGREWRITEAOF");
        String done = "aof_rewrites:" + rewrites;
        await().until(() -> client.text("INFO", "persistence").contains(done));
      }
      stop.set(true);
      for (Future<?> each : running) {
        each.get();
      }
      expected = lists(client);
    }
    try (SingleNode again = start(folder)) {
      List<String> there = lists(again.connect());
      for (int i = 0; i < expected.size(); i++) {
        assertThat(there.get(i)).as("list %d", i).isEqualTo(expected.get(i));
      }
    }
  }

  /** Lists that are there, and new ones in slots that nobody has used. */
  private static void write(SingleNode node, int writer, AtomicBoolean stop) {
    try (RespConnection client = RespConnection.to(node.port())) {
      for (int i = 0; !stop.get(); i++) {
        client.call("RPUSH", "list" + (i * 7 + writer) % 700, writer + ":" + i);
        if (i % 10 == 0) {
          client.line("MULTI");
          client.call("RPUSH", "{pair" + writer + "}a", Integer.toString(i));
          client.call("RPUSH", "{pair" + writer + "}b", Integer.toString(i));
          client.line("EXEC");
        }
      }
    }
  }

  private static List<String> lists(RespConnection client) {
    List<String> all = new ArrayList<>();
    for (int i = 0; i < 700; i++) {
      all.add(client.call("LRANGE", "list" + i, "0", "-1"));
    }
    for (int writer = 0; writer < 3; writer++) {
      all.add(client.call("LRANGE", "{pair" + writer + "}a", "0", "-1"));
      all.add(client.call("LRANGE", "{pair" + writer + "}b", "0", "-1"));
    }
    return all;
  }

  private void set(String name) {
    byte[] key = Words.of(name);
    Slot slot = slots.get(SlotHash.slotOf(key));
    slot.lock();
    try {
      slot.keys().put(key, 0, key.length, new StringValue(key));
      slot.effects().append(Words.SET, key, key);
    } finally {
      slot.unlock();
    }
  }

  private void awaitDurable(Journal journal) {
    await().until(() -> journal.durableOffset() == slots.effects().offset());
  }

  private Path copyOf(Path data, Journal.Step step) {
    Path copy = folder.resolve(step.name());
    try (var files = Files.walk(data)) {
      for (Path file : files.toList()) {
        Files.copy(file, copy.resolve(data.relativize(file)));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return copy;
  }

  private static void assertHolds(Path data, int keys) {
    try (SingleNode node = start(data)) {
      assertThat(node.connect().line("DBSIZE")).as("%s", data).isEqualTo(":" + keys + "\r\n");
    }
    // What the crash left is gone, and the journal goes on.
    assertThat(data.resolve("appendonlydir")).isDirectoryNotContaining("glob:**temp-*");
    try (SingleNode node = start(data)) {
      assertThat(node.connect().line("DBSIZE")).isEqualTo(":" + keys + "\r\n");
    }
  }

  private static SingleNode start(Path data, String... directives) {
    List<String> all =
        new ArrayList<>(List.of("--dir", data.toString(), "--save", "", "--appendonly", "yes"));
    all.addAll(List.of(directives));
    return SingleNode.start(all.toArray(String[]::new));
  }

  /** Nothing is asked of it here. */
  private static final class NoOwner implements Journal.Owner {
    @Override
    public void rewriteNeeded() {
      throw new AssertionError("a rewrite is asked for");
    }

    @Override
    public void durableMoved() {}

    @Override
    public void failureChanged() {}

    @Override
    public void cannotGoOn(IOException failure) {
      throw new AssertionError(failure);
    }
  }
}
