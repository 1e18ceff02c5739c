package io.slotcast.broker.journal;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.slotcast.broker.RespConnection;
import io.slotcast.broker.SingleNode;
import io.slotcast.broker.command.EffectRunner;
import io.slotcast.broker.keyspace.SlotTable;
import io.slotcast.broker.keyspace.hash.HashValue;
import io.slotcast.broker.keyspace.rdb.RdbFileException;
import io.slotcast.broker.keyspace.rdb.RdbFileReader;
import io.slotcast.broker.keyspace.rdb.RdbSettings;
import io.slotcast.broker.keyspace.sortedset.SortedSetValue;
import io.slotcast.broker.keyspace.stream.NodeLimits;
import io.slotcast.broker.resp.ProtocolException;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Files with bits flipped, bytes changed and ends cut off, at random: each is loaded or refused,
 * soon, and never at the price of much more memory than its own size.
 */
@Timeout(120)
class BrokenFilesTest {
  private static final long MOST_BYTES = 16 << 20;

  private static final RdbSettings LAYOUT =
      new RdbSettings(
          true,
          -2,
          512,
          new HashValue.Limits(8, 64),
          new SortedSetValue.Limits(() -> 8, () -> 64),
          new NodeLimits(() -> 4096, () -> 100),
          false);

  private static final String MADE_BY_HAND =
      commands(
          "SELECT 0",
          "SET string hello PXAT 4102444800000",
          "INCRBY number 5",
          "RPUSH list a b c 1000 -70",
          "SADD numbers 1 2 3",
          "HSET hash f v g 12",
          "ZADD sorted 1 a 2.5 b -inf c",
          "XADD stream 1-1 f 1",
          "XGROUP CREATE stream group 0",
          "XCLAIM stream group reader 0 1-1 TIME 1700000000000 RETRYCOUNT 1 FORCE JUSTID",
          "MULTI",
          "SET {t}x 1",
          "LPOP list",
          "EXEC",
          "PEXPIREAT hash 4102444800000",
          "DEL numbers");

  @TempDir private Path folder;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  @Test
  void snapshots() throws Exception {
    List<byte[]> whole =
        List.of(resource("redis-6.2.16/dump.rdb"), resource("redis-7.2.6/dump.rdb"));
    Path file = folder.resolve("dump.rdb");
    Random random = new Random(11);
    int refused = 0;
    for (int i = 0; i < 1_500; i++) {
      byte[] broken = broken(whole.get(i % whole.size()), random);
      Files.write(file, broken);
      long before = threads.getCurrentThreadAllocatedBytes();
      try {
        new RdbFileReader(new SlotTable(), () -> LAYOUT)
            .load(file, RdbFileReader.Expired.KEPT, false, 0, bytes -> {});
      } catch (RdbFileException expected) {
        assertThat(expected).hasMessageContaining("dump.rdb").hasMessageNotContaining("\n");
        refused++;
      }
      assertThat(threads.getCurrentThreadAllocatedBytes() - before)
          .as("bytes allocated for file %d", i)
          .isLessThan(MOST_BYTES);
    }
    assertThat(refused).isGreaterThan(700);
  }

  @Test
  void journals() throws Exception {
    List<byte[]> whole =
        List.of(
            MADE_BY_HAND.getBytes(StandardCharsets.US_ASCII),
            resource("redis-6.2.16/appendonly.aof"));
    Random random = new Random(12);
    int refused = 0;
    try (SingleNode node = SingleNode.start()) {
      RespConnection client = node.connect();
      for (int i = 0; i < 600; i++) {
        byte[] broken = broken(whole.get(i % whole.size()), random);
        refused += node.onLoop(() -> isLoaded(node, broken)) ? 0 : 1;
        client.line("FLUSHALL");
      }
    }
    assertThat(refused).isBetween(150, 599);
  }

  private boolean isLoaded(SingleNode node, byte[] content) throws IOException {
    Path file = Files.createDirectories(folder.resolve("appendonlydir")).resolve("appendonly.aof");
    Files.write(file, content);
    JournalFolder journal = new JournalFolder(folder, "appendonlydir", "appendonly.aof");
    JournalLoader loader =
        new JournalLoader(
            journal,
            new RdbFileReader(new SlotTable(), () -> LAYOUT),
            new Repeated(node),
            true,
            InstantSource.system());
    Manifest manifest = new Manifest(new Manifest.Entry("appendonly.aof", 1), List.of(), List.of());
    long before = threads.getCurrentThreadAllocatedBytes();
    boolean isLoaded = true;
    try {
      loader.load(manifest, bytes -> {});
    } catch (UnloadableException expected) {
      assertThat(expected).hasMessageContaining("appendonly.aof").hasMessageNotContaining("\n");
      isLoaded = false;
    }
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(MOST_BYTES);
    return isLoaded;
  }

  /** As a node repeats what its journal says. */
  private static final class Repeated implements DiskPersistence.Commands {
    private final EffectRunner runner;

    Repeated(SingleNode node) {
      runner =
          node.effectRunner(
              slot -> true,
              (command, error) -> {
                if (error.startsWith("ERR unknown command")) {
                  throw new UnknownEffectException(command, error);
                }
              });
    }

    @Override
    public int run(byte[] array, int from, int to) throws ProtocolException {
      return runner.run(array, from, to);
    }

    @Override
    public int ran() {
      return 0;
    }
  }

  private static byte[] broken(byte[] whole, Random random) {
    byte[] broken = whole.clone();
    for (int changes = 1 + random.nextInt(3); changes > 0; changes--) {
      int at = random.nextInt(broken.length);
      switch (random.nextInt(3)) {
        case 0 -> broken[at] ^= (byte) (1 << random.nextInt(8));
        case 1 -> broken[at] = (byte) random.nextInt(256);
        default -> broken[at] = (byte) 0xFF;
      }
    }
    return random.nextInt(4) == 0
        ? Arrays.copyOf(broken, 1 + random.nextInt(broken.length))
        : broken;
  }

  private static String commands(String... lines) {
    StringBuilder text = new StringBuilder();
    for (String line : lines) {
      List<String> words = List.of(line.split(" "));
      text.append('*').append(words.size()).append("\r\n");
      for (String word : words) {
        text.append('$').append(word.length()).append("\r\n").append(word).append("\r\n");
      }
    }
    return text.toString();
  }

  private static byte[] resource(String name) throws IOException {
    try (InputStream in = BrokenFilesTest.class.getResourceAsStream(name)) {
      return Objects.requireNonNull(in).readAllBytes();
    }
  }
}
