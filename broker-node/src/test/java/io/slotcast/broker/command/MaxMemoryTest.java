package io.slotcast.broker.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.slotcast.broker.RespConnection;
import io.slotcast.broker.SingleNode;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code maxmemory} with its policies. */
class MaxMemoryTest {
  private static final String OOM = "-OOM command not allowed when used memory > 'maxmemory'.\r\n";
  private static final String VALUE = "x".repeat(1_000);

  private SingleNode node;
  private RespConnection client;

  @BeforeEach
  void start() {
    node = SingleNode.start();
    client = node.connect();
  }

  @AfterEach
  void stop() {
    node.close();
  }

  private void set(String directive, String value) {
    assertThat(client.call("CONFIG", "SET", directive, value)).isEqualTo("+OK\r\n");
  }

  private long evicted() {
    String stats = client.text("INFO", "stats");
    int at = stats.indexOf("evicted_keys:") + "evicted_keys:".length();
    return Long.parseLong(stats.substring(at, stats.indexOf('\r', at)));
  }

  private long keys() {
    return Long.parseLong(client.call("DBSIZE").substring(1).strip());
  }

  @Test
  void byDefaultNothingGoesAndWhatNeedsMemoryIsRefused() {
    for (int i = 0; i < 100; i++) {
      client.call("SET", "key:" + i, VALUE);
    }
    set("maxmemory", "50000");

    assertThat(client.call("SET", "one-more", "1")).isEqualTo(OOM);
    assertThat(client.call("RPUSH", "list", "1")).isEqualTo(OOM);
    assertThat(client.call("GET", "key:1")).startsWith("$1000\r\n");
    assertThat(keys()).isEqualTo(100);
    for (int i = 0; i < 60; i++) {
      client.call("DEL", "key:" + i);
    }
    assertThat(client.call("SET", "one-more", "1")).isEqualTo("+OK\r\n");
    set("maxmemory", "1");
    assertThat(client.call("SET", "one-more", "1")).isEqualTo(OOM);
    set("maxmemory", "0");
    assertThat(client.call("SET", "one-more", "1")).isEqualTo("+OK\r\n");
    assertThat(evicted()).isZero();
  }

  @Test
  void transactionsAreRefusedWhenTheyAreQueuedAndWhenTheyRun() {
    client.call("SET", "a", VALUE);
    client.call("MULTI");
    assertThat(client.call("SET", "a", "1")).isEqualTo("+QUEUED\r\n");
    RespConnection other = node.connect();
    other.call("CONFIG", "SET", "maxmemory", "1");
    assertThat(client.call("EXEC"))
        .isEqualTo("-EXECABORT Transaction discarded because of: " + OOM.substring(1));

    client.call("MULTI");
    assertThat(client.call("SET", "a", "1")).isEqualTo(OOM);
    assertThat(client.call("GET", "a")).isEqualTo("+QUEUED\r\n");
    assertThat(client.call("EXEC"))
        .isEqualTo("-EXECABORT Transaction discarded because of previous errors.\r\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"allkeys-lru", "allkeys-lfu", "allkeys-random"})
  void anyKeyMayGoToMakeRoom(String policy) {
    set("maxmemory-policy", policy);
    set("maxmemory", "100000");

    for (int i = 0; i < 1_000; i++) {
      assertThat(client.call("SET", "key:" + i, VALUE)).isEqualTo("+OK\r\n");
    }

    assertThat(keys()).isBetween(60L, 100L);
    assertThat(evicted()).isEqualTo(1_000 - keys());
  }

  @ParameterizedTest
  @ValueSource(strings = {"volatile-lru", "volatile-lfu", "volatile-random", "volatile-ttl"})
  void onlyKeysThatExpireMayGo(String policy) {
    set("maxmemory-policy", policy);
    for (int i = 0; i < 50; i++) {
      client.call("SET", "keeps:" + i, VALUE);
      client.call("SET", "expires:" + i, VALUE, "EX", Integer.toString(1_000 + i));
    }
    set("maxmemory", "80000");

    assertThat(client.call("SET", "one-more", "1")).isEqualTo("+OK\r\n");
    assertThat(evicted()).isPositive();
    for (int i = 0; i < 50; i++) {
      assertThat(client.call("EXISTS", "keeps:" + i)).isEqualTo(":1\r\n");
    }
    set("maxmemory", "10000");
    assertThat(client.call("SET", "one-more", "1")).as("all that may go is gone").isEqualTo(OOM);
    assertThat(keys()).isEqualTo(51);
  }

  @Test
  void ofTheSampledKeysTheOneThatExpiresSoonestGoes() {
    set("maxmemory-policy", "volatile-ttl");
    set("maxmemory-samples", "100");
    for (int i = 0; i < 10; i++) {
      client.call("SET", "{t}" + i, VALUE, "EX", Integer.toString(1_000 - i));
      client.call("SET", "other:" + i, VALUE, "EX", Integer.toString(2_000 + i));
    }
    set("maxmemory", "19000");
    client.call("SET", "other:0", VALUE, "EX", "2000");
    assertThat(evicted()).isPositive();
    for (int i = 1; i < 10; i++) {
      assertThat(client.call("EXISTS", "other:" + i)).isEqualTo(":1\r\n");
    }
  }

  @Test
  void whatGrowsAndShrinksAndGoesIsCounted() {
    set("maxmemory", "1000000000");
    List<Runnable> growth =
        List.of(
            () -> client.call("APPEND", "s", VALUE),
            () -> client.call("RPUSH", "l", VALUE, VALUE, VALUE),
            () -> client.call("SADD", "set", "1", "2", "three"),
            () -> client.call("HSET", "h", "f", VALUE),
            () -> client.call("ZADD", "z", "1", VALUE),
            () -> client.call("XADD", "x", "*", "f", VALUE),
            () -> client.call("COPY", "{c}s", "{c}t"),
            () -> client.call("EXPIRE", "s", "1000"));
    growth.forEach(Runnable::run);
    growth.forEach(Runnable::run);
    assertThat(dataset()).isGreaterThan(10_000);
    client.call("RENAME", "{c}s", "{c}u");
    client.call("LPOP", "l", "6");
    for (String key : List.of("s", "set", "h", "z", "x")) {
      client.call("DEL", key);
    }
    assertThat(keys()).isZero();
    assertThat(dataset()).isZero();

    growth.forEach(Runnable::run);
    assertThat(dataset()).isPositive();
    client.call("FLUSHALL");
    assertThat(dataset()).isZero();
  }

  private long dataset() {
    String memory = client.text("INFO", "memory");
    int at = memory.indexOf("used_memory_dataset:") + "used_memory_dataset:".length();
    return Long.parseLong(memory.substring(at, memory.indexOf('\r', at)));
  }

  @Test
  void anEvictionIsAnEvent() {
    RespConnection listener = node.connect();
    set("notify-keyspace-events", "Ee");
    listener.call("PSUBSCRIBE", "__keyevent@0__:*");
    set("maxmemory-policy", "allkeys-random");
    client.call("SET", "a", VALUE);
    set("maxmemory", "100");
    assertThat(client.call("SET", "b", "1")).isEqualTo("+OK\r\n");
    assertThat(listener.read()).contains("__keyevent@0__:evicted").endsWith("$1\r\na\r\n");
  }
}
