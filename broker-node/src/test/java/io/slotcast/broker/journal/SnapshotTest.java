package io.slotcast.broker.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import io.slotcast.broker.OracleNode;
import io.slotcast.broker.RespConnection;
import io.slotcast.broker.SingleNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotTest {
  @TempDir private Path folder;

  @Test
  void aNodeComesBackWithWhatWasSavedAndRedisLoadsTheSameFile() throws Exception {
    List<String> written;
    try (SingleNode node = start()) {
      RespConnection client = node.connect();
      SampleKeys.write(client);
      assertThat(client.line("SAVE")).isEqualTo("+OK\r\n");
      written = SampleKeys.seen(client);
    }

    try (SingleNode again = start()) {
      assertThat(SampleKeys.seen(again.connect())).isEqualTo(written);
      assertThat(again.connect().text("INFO", "persistence"))
          .contains("rdb_last_load_keys_loaded:")
          .contains("rdb_changes_since_last_save:0");
    }
    assumeThat(OracleNode.isInstalled()).isTrue();
    assertThat(run("redis-check-rdb", "dump.rdb")).contains("RDB looks OK!");
    // In cluster mode it would take the slots of the keys for its own, and no others.
    try (OracleNode redis =
        OracleNode.start(folder, "--enable-debug-command", "yes", "--cluster-enabled", "no")) {
      assertThat(SampleKeys.seen(redis.connect())).isEqualTo(written);
    }
  }

  @Test
  void whatRedisSavedIsLoaded() throws Exception {
    assumeThat(OracleNode.isInstalled()).isTrue();
    List<String> written;
    try (OracleNode redis = OracleNode.start(folder, "--enable-debug-command", "yes")) {
      RespConnection client = redis.connect();
      SampleKeys.write(client);
      assertThat(client.line("SAVE")).isEqualTo("+OK\r\n");
      written = SampleKeys.seen(client);
    }

    try (SingleNode node = start()) {
      assertThat(SampleKeys.seen(node.connect())).isEqualTo(written);
    }
  }

  @Test
  void aSnapshotInTheBackgroundLetsWritersGoOn() {
    try (SingleNode node = start("--rdb-key-save-delay", "100000")) {
      RespConnection client = node.connect();
      for (int i = 0; i < 50; i++) {
        client.call("SET", "key" + i, "v");
      }
      long before = Long.parseLong(client.line("LASTSAVE").substring(1).strip());

      assertThat(client.line("BGSAVE")).isEqualTo("+Background saving started\r\n");
      assertThat(client.line("BGSAVE")).isEqualTo("-ERR Background save already in progress\r\n");
      assertThat(client.line("SAVE")).isEqualTo("-ERR Background save already in progress\r\n");
      assertThat(client.text("INFO", "persistence")).contains("rdb_bgsave_in_progress:1");
      assertThat(client.line("SET another v")).isEqualTo("+OK\r\n");
      client.call("CONFIG", "SET", "rdb-key-save-delay", "0");

      await().until(() -> client.text("INFO", "persistence").contains("rdb_saves:1"));
      assertThat(Long.parseLong(client.line("LASTSAVE").substring(1).strip()))
          .isGreaterThanOrEqualTo(before);
      assertThat(folder.resolve("dump.rdb")).exists();
    }
  }

  @Test
  void aPointOfSaveThatIsReachedMakesASnapshot() {
    try (SingleNode node = start("--save", "1 2")) {
      RespConnection client = node.connect();
      client.call("MSET", "{a}1", "v", "{a}2", "v");

      await().until(() -> Files.exists(folder.resolve("dump.rdb")));
    }
  }

  @Test
  void whereASnapshotCannotBeMadeWritesAreRefusedUntilOneCan() throws Exception {
    try (SingleNode node = start("--save", "1000000 1")) {
      RespConnection client = node.connect();
      Files.createDirectory(folder.resolve("dump.rdb"));
      Files.createFile(folder.resolve("dump.rdb").resolve("in the way"));

      assertThat(client.line("SAVE")).isEqualTo("-ERR\r\n");
      assertThat(client.line("SET a b"))
          .startsWith("-MISCONF Redis is configured to save RDB snapshots");
      assertThat(client.line("PING")).startsWith("-MISCONF");
      assertThat(client.line("GET a")).isEqualTo("$-1\r\n");
      assertThat(client.text("INFO", "persistence")).contains("rdb_last_bgsave_status:err");
      Files.delete(folder.resolve("dump.rdb").resolve("in the way"));
      Files.delete(folder.resolve("dump.rdb"));

      assertThat(client.line("SAVE")).isEqualTo("+OK\r\n");
      assertThat(client.line("SET a b")).isEqualTo("+OK\r\n");
      assertThat(folder).isDirectoryNotContaining("glob:**temp-*");
    }
  }

  @Test
  void aFileThatCannotBeLoadedKeepsTheNodeFromStarting() throws Exception {
    Files.writeString(folder.resolve("dump.rdb"), "no such thing");

    assertThatThrownBy(this::start)
        .rootCause()
        .hasMessageContaining("dump.rdb")
        .hasMessageContaining("not an RDB file");
  }

  private SingleNode start(String... directives) {
    List<String> all =
        new ArrayList<>(List.of("--dir", folder.toString(), "--enable-debug-command", "yes"));
    if (!List.of(directives).contains("--save")) {
      all.addAll(List.of("--save", ""));
    }
    all.addAll(List.of(directives));
    return SingleNode.start(all.toArray(String[]::new));
  }

  private String run(String... command) throws IOException {
    Process process =
        new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true).start();
    return new String(process.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
  }
}
