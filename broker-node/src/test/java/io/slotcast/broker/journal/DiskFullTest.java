package io.slotcast.broker.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.slotcast.broker.RespConnection;
import io.slotcast.broker.SingleNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A file system of two megabytes, where this machine lets a test make one. */
class DiskFullTest {
  private static final int ROOM = 1 << 21;

  @TempDir private Path folder;

  private Path disk;
  private boolean mounted;

  @BeforeEach
  void mount() throws Exception {
    disk = Files.createDirectory(folder.resolve("disk"));
    mounted = run("mount", "-t", "tmpfs", "-o", "size=" + ROOM, "tmpfs", disk.toString()) == 0;
    assumeThat(mounted).as("file systems can be mounted").isTrue();
  }

  @AfterEach
  void unmount() throws Exception {
    if (mounted) {
      run("umount", "-l", disk.toString());
    }
  }

  private static int run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command).redirectErrorStream(true).start().waitFor();
  }

  @Test
  void underFsyncAlwaysWhatCannotBeKeptIsNotAcknowledgedBeforeThereIsRoom() throws Exception {
    Path filler = disk.resolve("filler");
    try (SingleNode node = start("always")) {
      RespConnection client = node.connect();
      client.call("SET", "before", "1");
      Files.write(filler, new byte[ROOM - (1 << 17)]);

      RespConnection writer = node.connect();
      writer.send("SET", "too large", "x".repeat(1 << 18));
      await().until(() -> client.line("PING").startsWith("-MISCONF Errors writing to the AOF"));
      assertThat(writer.hasInput()).isFalse();
      assertThat(client.line("SET another 1")).startsWith("-MISCONF Errors writing");
      assertThat(client.text("GET", "before")).isEqualTo("1");
      assertThat(client.text("INFO", "persistence")).contains("aof_last_write_status:err");

      Files.delete(filler);
      assertThat(writer.read()).isEqualTo("+OK\r\n");
      await().until(() -> client.line("SET another 1").equals("+OK\r\n"));
    }
    try (SingleNode again = start("always")) {
      assertThat(again.connect().line("STRLEN before")).isEqualTo(":1\r\n");
      assertThat(again.connect().call("STRLEN", "too large")).isEqualTo(":262144\r\n");
      assertThat(again.connect().text("GET", "another")).isEqualTo("1");
    }
  }

  @Test
  void aNodeThatEndsMeanwhileEndsAndAcknowledgesNothing() throws Exception {
    Files.write(disk.resolve("filler"), new byte[ROOM - (1 << 17)]);
    SingleNode node = start("always");
    RespConnection client = node.connect();
    RespConnection writer = node.connect();
    writer.send("SET", "too large", "x".repeat(1 << 18));
    await().until(() -> client.line("PING").startsWith("-MISCONF Errors writing to the AOF"));

    node.node().close();

    assertThat(node.node().closed().toCompletableFuture()).isCompleted();
    assertThat(writer.isClosedByServer()).isTrue();
    node.close();
  }

  @Test
  void aRewriteForWhichThereIsNoRoomLeavesTheJournalAsItWas() throws Exception {
    Path filler = disk.resolve("filler");
    try (SingleNode node = start("everysec")) {
      RespConnection client = node.connect();
      client.call("CONFIG", "SET", "rdbcompression", "no");
      client.call("SET", "large", "x".repeat(1 << 19));
      Files.write(filler, new byte[ROOM - (1 << 20)]);

      client.line("BGREWRITEAOF");
      await()
          .until(
              () -> client.text("INFO", "persistence").contains("aof_last_bgrewrite_status:err"));
      Files.delete(filler);
      client.call("SET", "after", "1");
    }
    try (SingleNode again = start("everysec")) {
      assertThat(again.connect().line("STRLEN large")).isEqualTo(":524288\r\n");
      assertThat(again.connect().text("GET", "after")).isEqualTo("1");
    }
  }

  private SingleNode start(String fsync) {
    return SingleNode.start(
        "--dir", disk.toString(), "--save", "", "--appendonly", "yes", "--appendfsync", fsync);
  }
}
