package io.slotcast.broker.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.slotcast.broker.OracleNode;
import io.slotcast.broker.RespConnection;
import io.slotcast.broker.SingleNode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
  @TempDir private Path folder;

  @Test
  void aNodeComesBackWithWhatItsJournalSaysAndRedisLoadsTheSameFiles() throws Exception {
    List<String> written;
    try (SingleNode node = start("--aof-timestamp-enabled", "yes")) {
      RespConnection client = node.connect();
      SampleKeys.write(client);
      transaction(client);
      written = SampleKeys.seen(client);
    }

    try (SingleNode again = start()) {
      assertThat(SampleKeys.seen(again.connect())).isEqualTo(written);
    }
    assumeThat(OracleNode.isInstalled()).isTrue();
    assertThat(check()).contains("All AOF files and manifest are valid");
    try (OracleNode redis = redis()) {
      assertThat(SampleKeys.seen(redis.connect())).isEqualTo(written);
    }
  }

  @Test
  void aRewrittenJournalSaysTheSame() throws Exception {
    List<String> written;
    try (SingleNode node = start()) {
      RespConnection client = node.connect();
      SampleKeys.write(client);
      rewrite(client, 1);
      client.call("SET", "after", "the rewrite");
      rewrite(client, 2);
      transaction(client);
      written = SampleKeys.seen(client);
    }

    assertThat(manifest())
        .isEqualTo(
            """
            file appendonly.aof.3.base.rdb seq 3 type b
            file appendonly.aof.3.incr.aof seq 3 type i
            """);
    try (SingleNode again = start()) {
      assertThat(SampleKeys.seen(again.connect())).isEqualTo(written);
    }
    assumeThat(OracleNode.isInstalled()).isTrue();
    assertThat(check()).contains("All AOF files and manifest are valid");
    try (OracleNode redis = redis()) {
      assertThat(SampleKeys.seen(redis.connect())).isEqualTo(written);
    }
  }

  @Test
  void whatRedisJournaledIsLoadedAndGoneOnWith() throws Exception {
    assumeThat(OracleNode.isInstalled()).isTrue();
    List<String> written;
    try (OracleNode redis = redis("--aof-timestamp-enabled", "yes")) {
      RespConnection client = redis.connect();
      SampleKeys.write(client);
      client.line("BGREWRITEAOF");
      await().until(() -> client.text("INFO", "persistence").contains("aof_rewrites:1"));
      transaction(client);
      written = SampleKeys.seen(client);
    }

    try (SingleNode node = start()) {
      assertThat(SampleKeys.seen(node.connect())).isEqualTo(written);
      node.connect().call("SET", "one", "more");
    }
    try (SingleNode again = start()) {
      assertThat(again.connect().text("GET", "one")).isEqualTo("more");
    }
  }

  @Test
  void theOneFileOfAnOlderRedisBecomesTheBase() throws Exception {
    Files.writeString(
        folder.resolve("appendonly.aof"),
        "*2\r\n$6\r\nSELECT\r\n$1\r\n0\r\n*3\r\n$3\r\nSET\r\n$1\r\na\r\n$1\r\nb\r\n");

    try (SingleNode node = start()) {
      assertThat(node.connect().text("GET", "a")).isEqualTo("b");
    }
    try (SingleNode again = start()) {
      assertThat(again.connect().text("GET", "a")).isEqualTo("b");
    }
    assertThat(folder.resolve("appendonly.aof")).doesNotExist();
  }

  @Test
  void whatRedisCannotSayOfAStreamComesBackToo() throws Exception {
    String before;
    try (SingleNode node = start()) {
      RespConnection client = node.connect();
      client.call("XADD", "s", "DELAY", "100000000", "*", "f", "later");
      client.call("XADD", "s", "IDMP", "p", "1", "*", "f", "v");
      client.call("XGROUP", "CREATE", "s", "g", "0");
      client.call("XGROUP", "SETDEADLETTER", "s", "g", "{s}dead", "3");
      before = client.call("XINFO", "STREAM", "s", "FULL");
    }
    String journaled;
    try (SingleNode again = start()) {
      journaled = again.connect().call("XINFO", "STREAM", "s", "FULL");
      rewrite(again.connect(), 1);
    }
    try (SingleNode again = start()) {
      assertThat(again.connect().call("XINFO", "STREAM", "s", "FULL")).isEqualTo(before);
    }
    assertThat(journaled).isEqualTo(before);
  }

  @Test
  void aCutEndIsLeftOutOrRefusedAsTheDirectiveSays() throws Exception {
    try (SingleNode node = start()) {
      RespConnection client = node.connect();
      client.call("SET", "a", "1");
      client.call("SET", "b", "2");
    }
    Path file = journalFile();
    byte[] whole = Files.readAllBytes(file);
    try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(whole.length - 3);
    }

    assertThatThrownBy(() -> start("--aof-load-truncated", "no"))
        .rootCause()
        .hasMessageContaining("appendonly.aof.1.incr.aof")
        .hasMessageContaining("unexpected end of file")
        .hasMessageContaining("at byte 27");
    try (SingleNode node = start()) {
      RespConnection client = node.connect();
      assertThat(client.text("GET", "a")).isEqualTo("1");
      assertThat(client.line("EXISTS b")).isEqualTo(":0\r\n");
      client.call("SET", "c", "3");
    }
    try (SingleNode node = start()) {
      assertThat(node.connect().text("GET", "c")).isEqualTo("3");
    }
  }

  @Test
  void aTransactionWithoutItsEndIsNotRun() throws Exception {
    try (SingleNode node = start()) {
      node.connect().call("SET", "{t}a", "1");
      transaction(node.connect());
    }
    Path file = journalFile();
    byte[] whole = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(whole, whole.length - 5));

    try (SingleNode node = start()) {
      assertThat(node.connect().text("GET", "{t}a")).isEqualTo("1");
      assertThat(node.connect().line("EXISTS {t}x")).isEqualTo(":0\r\n");
    }
  }

  @Test
  void whatIsNoCommandOrNoneOfOursKeepsTheNodeFromStarting() throws Exception {
    try (SingleNode node = start()) {
      node.connect().call("SET", "a", "1");
    }
    byte[] good = Files.readAllBytes(journalFile());

    Files.write(journalFile(), "*garbage\r\n".getBytes(StandardCharsets.US_ASCII));
    assertThatThrownBy(this::start).rootCause().isNotNull();
    Files.write(journalFile(), good);
    Files.writeString(
        journalFile(), "*3\r\n$3\r\nFOO\r\n$1\r\na\r\n$1\r\nb\r\n", StandardOpenOption.APPEND);
    assertThatThrownBy(this::start)
        .cause()
        .hasMessageContaining("at byte " + good.length)
        .hasMessageContaining("'FOO'");
    Files.write(journalFile(), good);
    Files.writeString(
        journalFile(), "*2\r\n$6\r\nSELECT\r\n$1\r\n3\r\n", StandardOpenOption.APPEND);
    assertThatThrownBy(this::start).cause().hasMessageContaining("one database");
  }

  @Test
  void theJournalIsSwitchedOnAndOffWhileTheNodeServes() {
    try (SingleNode node = start("--appendonly", "no")) {
      RespConnection client = node.connect();
      client.call("SET", "before", "1");
      assertThat(client.line("CONFIG SET appendonly yes")).isEqualTo("+OK\r\n");
      await().until(() -> client.text("INFO", "persistence").contains("aof_rewrites:1"));
      client.call("SET", "meanwhile", "2");
      assertThat(client.line("CONFIG SET appendonly no")).isEqualTo("+OK\r\n");
      client.call("SET", "afterwards", "3");
    }
    try (SingleNode again = start()) {
      RespConnection client = again.connect();
      assertThat(client.line("MGET before")).contains("1");
      assertThat(client.text("GET", "meanwhile")).isEqualTo("2");
      assertThat(client.line("EXISTS afterwards")).isEqualTo(":0\r\n");
    }
  }

  @Test
  void aSnapshotIsTheBeginningOfAJournalThatIsNotThereYet() {
    try (SingleNode node = start("--appendonly", "no")) {
      node.connect().call("SET", "saved", "1");
      node.connect().line("SAVE");
    }
    try (SingleNode node = start()) {
      assertThat(node.connect().text("GET", "saved")).isEqualTo("1");
    }
    try (SingleNode node = start()) {
      assertThat(node.connect().text("GET", "saved")).isEqualTo("1");
    }
  }

  @Test
  void everyAcknowledgedWriteIsInTheFileUnderAlways() throws Exception {
    try (SingleNode node = start("--appendfsync", "always")) {
      RespConnection client = node.connect();
      for (int i = 0; i < 20; i++) {
        client.call("XADD", "stream", i + 1 + "-1", "n", Integer.toString(i));
        assertThat(Files.readString(journalFile(), StandardCharsets.ISO_8859_1))
            .contains(
                "$" + Integer.toString(i + 1).concat("-1").length() + "\r\n" + (i + 1) + "-1");
      }
      assertThat(client.text("INFO", "persistence"))
          .contains("aof_enabled:1")
          .contains("aof_last_write_status:ok");
    }
  }

  @Test
  void aJournalThatHasGrownIsRewrittenByItself() {
    try (SingleNode node = start("--auto-aof-rewrite-min-size", "10000")) {
      RespConnection client = node.connect();
      for (int i = 0; i < 300; i++) {
        client.call("SET", "same key", "x".repeat(100));
      }
      await().until(() -> client.text("INFO", "persistence").contains("aof_rewrites:1"));
    }
  }

  private static void transaction(RespConnection client) {
    client.line("MULTI");
    client.call("SET", "{t}x", "1");
    client.call("RPUSH", "{t}y", "2");
    assertThat(client.line("EXEC")).startsWith("*2");
  }

  private static void rewrite(RespConnection client, int count) {
    assertThat(client.line("BGREWRITEAOF"))
        .isEqualTo("+Background append only file rewriting started\r\n");
    await().until(() -> client.text("INFO", "persistence").contains("aof_rewrites:" + count));
  }

  private SingleNode start(String... directives) {
    List<String> all =
        new ArrayList<>(
            List.of("--dir", folder.toString(), "--enable-debug-command", "yes", "--save", ""));
    if (!List.of(directives).contains("--appendonly")) {
      all.addAll(List.of("--appendonly", "yes"));
    }
    all.addAll(List.of(directives));
    return SingleNode.start(all.toArray(String[]::new));
  }

  private OracleNode redis(String... directives) {
    List<String> all =
        new ArrayList<>(
            List.of(
                "--enable-debug-command", "yes", "--cluster-enabled", "no", "--appendonly", "yes"));
    all.addAll(List.of(directives));
    return OracleNode.start(folder, all.toArray(String[]::new));
  }

  private Path journalFile() {
    return folder.resolve("appendonlydir").resolve("appendonly.aof.1.incr.aof");
  }

  private String manifest() throws IOException {
    return Files.readString(folder.resolve("appendonlydir/appendonly.aof.manifest"));
  }

  private String check() throws IOException {
    Process process =
        new ProcessBuilder("redis-check-aof", "appendonlydir/appendonly.aof.manifest")
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
  }
}
