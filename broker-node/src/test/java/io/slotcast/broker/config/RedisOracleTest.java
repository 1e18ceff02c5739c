package io.slotcast.broker.config;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.slotcast.broker.config.ServerConfig.Assignment;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The directives beside those of a real redis-server 7.0, where one is on the path. */
@TestInstance(Lifecycle.PER_CLASS)
class RedisOracleTest {
  /** Values that depend on how the two were started, or differ on purpose: docs/differences.md. */
  private static final Set<String> OTHER_DEFAULT =
      Set.of(
          "dir",
          "port",
          "unixsocket",
          "cluster-enabled",
          "cluster-link-sendbuf-limit",
          "protected-mode");

  /** Only to be given at the start: docs/differences.md. */
  private static final Set<String> NOT_AT_RUN_TIME =
      Set.of(
          "port",
          "bind",
          "tls-port",
          "cluster-node-timeout",
          "cluster-announce-ip",
          "cluster-announce-hostname",
          "cluster-announce-port",
          "cluster-announce-tls-port",
          "cluster-announce-bus-port");

  private RedisOracle redis;

  /** Told the same as Redis, test after test. */
  private ServerConfig config;

  @BeforeAll
  void start(@TempDir Path folder) throws Exception {
    assumeThat(RedisOracle.isInstalled()).isTrue();
    redis = RedisOracle.start(folder);
    config = ServerConfig.of();
  }

  @AfterAll
  void stop() {
    if (redis != null) {
      redis.close();
    }
  }

  @Test
  void everyDirectiveOfRedisIsThereWithItsDefaultInRedisForm() throws Exception {
    Map<String, String> theirs = new TreeMap<>(pairs(redis.ask("config", "get", "*")));
    Map<String, String> ours =
        new TreeMap<>(ServerConfig.of().matching(List.of("*"), (pattern, name) -> true));
    ours.keySet().retainAll(theirs.keySet());
    theirs.keySet().removeAll(OTHER_DEFAULT);
    ours.keySet().removeAll(OTHER_DEFAULT);

    assertThat(ours).isEqualTo(theirs);
  }

  @Test
  void badNumbersAreRefusedInRedisWords() throws Exception {
    var differences = new ArrayList<String>();
    for (String name : sharedNames()) {
      for (String value : List.of("-99999999999", "x", "999999999999999999999")) {
        String theirs = redis.ask("config", "set", name, value).getFirst();
        String ours = set(config, name, value);
        if (!ours.equals(theirs) && !isHugeSize(name, value)) {
          differences.add(name + " " + value + ": " + theirs + " | " + ours);
        }
      }
    }
    assertThat(differences).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "client-output-buffer-limit | pubsub 1 2 3 normal 1gb 0 0",
        "client-output-buffer-limit | pubsub 1",
        "client-output-buffer-limit | foo 1 2 3",
        "client-output-buffer-limit | normal a 1 1",
        "client-output-buffer-limit | normal 1 1 1  pubsub 1 1 1",
        "client-output-buffer-limit | ''",
        "save | 900 1 300 10",
        "save | ''",
        "save | a b",
        "save | 1",
        "save | 0 1",
        "notify-keyspace-events | KEA",
        "notify-keyspace-events | AKEmn",
        "notify-keyspace-events | nlg",
        "notify-keyspace-events | Q",
        "latency-tracking-info-percentiles | 50 99.9 99.99",
        "latency-tracking-info-percentiles | ''",
        "latency-tracking-info-percentiles | 101",
        "latency-tracking-info-percentiles | 50  60",
        "loglevel | Debug",
        "loglevel | loud",
        "appendonly | maybe",
        "maxmemory | 10k",
        "maxmemory | 10kb",
        "maxmemory | 1.5mb",
        "maxmemory | ''",
        "maxmemory-clients | 5%",
        "maxmemory-clients | 105%",
        "maxmemory-clients | many",
        "proto-max-bulk-len | 1",
        "proto-max-bulk-len | 1mb",
        "slowlog-log-slower-than | -1",
        "timeout | 01",
        "timeout | 1.5",
        "timeout | ''",
        "requirepass | ''",
        "LogLevel | notice",
        "databases | 3",
        "dbfilename | x.rdb",
        "no-such-directive | 1",
      })
  void aValueIsTakenOrRefusedAndPrintedAsByRedis(String name, String value) throws Exception {
    assertThat(set(config, name, value))
        .isEqualTo(redis.ask("config", "set", name, value).getFirst());
    assertThat(config.matching(List.of(name), (pattern, other) -> false))
        .isEqualTo(pairs(redis.ask("config", "get", name)));
  }

  private List<String> sharedNames() throws IOException {
    return pairs(redis.ask("config", "get", "*")).keySet().stream()
        .filter(name -> !NOT_AT_RUN_TIME.contains(name))
        .filter(name -> isNumeric(directive(name).type()))
        .toList();
  }

  /** Sizes past 2^63: Redis takes some and refuses others, with two different texts. */
  private static boolean isHugeSize(String name, String value) {
    return directive(name).type() instanceof MemoryType && value.startsWith("9");
  }

  private static boolean isNumeric(ValueType<?> type) {
    return type instanceof IntegerType
        || type instanceof LongType
        || type instanceof MemoryType
        || type instanceof DurationType;
  }

  private static Directive<?> directive(String name) {
    return Objects.requireNonNull(Directives.named(name), name);
  }

  private static String set(ServerConfig config, String name, String value) {
    try {
      config.set(List.of(new Assignment(name, value)));
      return "OK";
    } catch (ConfigSetException refused) {
      return String.valueOf(refused.getMessage());
    }
  }

  private static Map<String, String> pairs(List<String> lines) {
    return IntStream.range(0, lines.size() / 2)
        .boxed()
        .collect(toMap(i -> lines.get(2 * i), i -> lines.get(2 * i + 1)));
  }
}
