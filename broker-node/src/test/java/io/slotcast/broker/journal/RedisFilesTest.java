package io.slotcast.broker.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.slotcast.broker.RespConnection;
import io.slotcast.broker.SingleNode;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What other versions than the Redis that is at hand wrote: their files lie beside this, with how
 * they were made. Version 6.2 packs into ziplists and has one append-only file; 7.2 has streams and
 * sets of types that 7.0 does not know.
 */
class RedisFilesTest {
  private static final String LATER = "4102444800000";

  @TempDir private Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"redis-6.2.16", "redis-7.2.6"})
  void aSnapshotIsLoaded(String version) throws Exception {
    copyOf(version);

    try (SingleNode node = start("no")) {
      RespConnection client = node.connect();
      assertThat(client.line("DBSIZE")).isEqualTo(":10\r\n");
      assertHasTheKeys(client);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"redis-6.2.16", "redis-7.2.6"})
  void anAppendOnlyFileIsLoadedAndGoneOnWith(String version) throws Exception {
    copyOf(version);

    try (SingleNode node = start("yes")) {
      RespConnection client = node.connect();
      assertThat(client.line("DBSIZE")).isEqualTo(":13\r\n");
      assertHasTheKeys(client);
      assertThat(client.text("GET", "{t}x")).isEqualTo("1");
      assertThat(client.line("LRANGE {t}y 0 -1")).isEqualTo("*1\r\n$1\r\n2\r\n");
      assertThat(client.text("GET", "after")).isEqualTo("rewrite");
      client.call("SET", "one", "more");
    }
    try (SingleNode again = start("yes")) {
      assertHasTheKeys(again.connect());
      assertThat(again.connect().text("GET", "one")).isEqualTo("more");
    }
  }

  private static void assertHasTheKeys(RespConnection client) {
    assertThat(client.text("GET", "string")).isEqualTo("hello");
    assertThat(client.text("GET", "number")).isEqualTo("12345");
    assertThat(client.text("GET", "compressed")).isEqualTo("ab".repeat(100));
    assertThat(client.text("GET", "expires")).isEqualTo("later");
    assertThat(client.line("PEXPIRETIME expires")).isEqualTo(":" + LATER + "\r\n");
    assertThat(client.line("LRANGE list 0 -1"))
        .isEqualTo(bulks("a", "1", "-5", "70000", "9999999999", "z".repeat(100)));
    assertThat(client.line("SORT numbers")).isEqualTo(bulks("1", "2", "70000"));
    assertThat(client.line("SORT set ALPHA")).isEqualTo(bulks("a", "b", "c"));
    assertThat(client.line("HGETALL hash")).isEqualTo(bulks("f", "v", "g", "12"));
    assertThat(client.line("ZRANGE sorted 0 -1 WITHSCORES"))
        .isEqualTo(bulks("c", "-inf", "a", "1", "b", "2.5"));
    assertThat(client.line("XRANGE stream - +"))
        .isEqualTo(
            "*2\r\n*2\r\n$3\r\n1-1\r\n"
                + bulks("f", "1")
                + "*2\r\n$3\r\n2-1\r\n"
                + bulks("f", "2"));
    assertThat(client.line("XPENDING stream group"))
        .isEqualTo("*4\r\n:1\r\n$3\r\n2-1\r\n$3\r\n2-1\r\n*1\r\n" + bulks("reader", "1"));
    assertThat(client.line("XINFO STREAM stream")).contains("last-generated-id\r\n$3\r\n3-1\r\n");
  }

  private static String bulks(String... texts) {
    StringBuilder reply = new StringBuilder("*" + texts.length + "\r\n");
    for (String text : texts) {
      reply.append('$').append(text.length()).append("\r\n").append(text).append("\r\n");
    }
    return reply.toString();
  }

  private void copyOf(String version) throws Exception {
    URL resource = Objects.requireNonNull(RedisFilesTest.class.getResource(version));
    Path source = Path.of(resource.toURI());
    try (var files = Files.walk(source)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        Path target = folder.resolve(source.relativize(file).toString());
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
  }

  private SingleNode start(String appendOnly) {
    return SingleNode.start("--dir", folder.toString(), "--save", "", "--appendonly", appendOnly);
  }
}
