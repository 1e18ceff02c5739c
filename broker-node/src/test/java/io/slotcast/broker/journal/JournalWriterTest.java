package io.slotcast.broker.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.slotcast.broker.config.PersistenceDirectives.Fsync;
import io.slotcast.broker.effect.EffectStream;
import io.slotcast.broker.effect.Words;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of the stream under {@code appendfsync always} where the disk fails. */
class JournalWriterTest {
  private static final String PERSIST = "*2\r\n$7\r\nPERSIST\r\n$1\r\n";

  @TempDir private Path folder;

  private final EffectStream stream = new EffectStream();
  private final Told told = new Told();

  private Path path;
  private FailingChannel disk;
  private JournalWriter writer;

  @BeforeEach
  void start() throws IOException {
    path = folder.resolve("increment");
    disk =
        new FailingChannel(
            FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE));
    writer =
        new JournalWriter(
            stream,
            new JournalFile(path, disk, 0),
            () -> new JournalWriter.Policy(Fsync.ALWAYS, true, false),
            InstantSource.system(),
            told,
            Runnable::run,
            "journal");
    writer.start();
  }

  @AfterEach
  void stop() {
    writer.stop();
  }

  @Test
  void whatASyncThatFailedWasAboutIsNeverCalledDurable() {
    long kept = append("a");
    await().until(() -> writer.durableOffset() == kept);

    disk.failToSync(true);
    append("b");
    await().until(() -> told.events.contains("sync failed: Input/output error"));
    disk.failToSync(false);
    append("c");
    await().until(() -> writer.lag() == 0);

    // A later sync that succeeds says nothing of what an earlier one has lost.
    assertThat(writer.durableOffset()).isEqualTo(kept);
    assertThat(told.events).containsExactly("durable " + kept, "sync failed: Input/output error");
    assertThat(disk.isOpen()).isFalse();
  }

  @Test
  void aWriteThatFailsHalfwayIsRepeatedWhole() throws Exception {
    disk.failToWrite(true);
    long end = append("a");
    await().until(() -> told.events.contains("write failed: Input/output error"));
    assertThat(writer.isFailing()).isTrue();
    assertThat(writer.durableOffset()).isZero();
    disk.failToWrite(false);

    await().until(() -> writer.durableOffset() == end);
    assertThat(told.events)
        .containsExactly("write failed: Input/output error", "writes again", "durable " + end);
    assertThat(Files.readString(path)).isEqualTo(PERSIST + "a\r\n");
  }

  private long append(String key) {
    return stream.append(1, Words.PERSIST, Words.of(key));
  }

  private static final class Told implements JournalWriter.Listener {
    private final List<String> events = new CopyOnWriteArrayList<>();

    @Override
    public void durable(long offset) {
      events.add("durable " + offset);
    }

    @Override
    public void writeFailed(@Nullable IOException failure) {
      events.add(failure == null ? "writes again" : "write failed: " + failure.getMessage());
    }

    @Override
    public void syncFailed(IOException failure) {
      events.add("sync failed: " + failure.getMessage());
    }

    @Override
    public void outdated() {
      events.add("outdated");
    }
  }
}
