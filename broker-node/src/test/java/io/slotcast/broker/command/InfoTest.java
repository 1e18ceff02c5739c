package io.slotcast.broker.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.slotcast.broker.RespConnection;
import io.slotcast.broker.SingleNode;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InfoTest {
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

  private List<String> headings(String... sections) {
    return info(sections).lines().filter(line -> line.startsWith("# ")).toList();
  }

  private String info(String... sections) {
    return client.text(
        Stream.concat(Stream.of("INFO"), Stream.of(sections)).toArray(String[]::new));
  }

  private Map<String, String> fields(String... sections) {
    return info(sections)
        .lines()
        .filter(line -> line.contains(":"))
        .map(line -> line.split(":", 2))
        .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
  }

  @Test
  void sectionsStandInRedisOrderHoweverTheyAreAskedFor() {
    List<String> byDefault =
        List.of(
            "# Server",
            "# Clients",
            "# Memory",
            "# Persistence",
            "# Stats",
            "# Replication",
            "# CPU",
            "# Modules",
            "# Errorstats",
            "# Cluster",
            "# Keyspace");
    assertThat(headings()).isEqualTo(byDefault);
    assertThat(headings("default")).isEqualTo(byDefault);
    assertThat(headings("everything"))
        .containsSubsequence("# Modules", "# Commandstats", "# Errorstats", "# Latencystats");
    assertThat(headings("all")).contains("# Commandstats").doesNotContain("# Modules");
    assertThat(headings("CPU", "stats", "unknown")).containsExactly("# Stats", "# CPU");
  }

  @Test
  void resp3GetsAVerbatimString() {
    client.line("HELLO 3");
    assertThat(client.line("INFO cluster"))
        .isEqualTo("=34\r\ntxt:# Cluster\r\ncluster_enabled:1\r\n\r\n");
  }

  @Test
  void theFieldsThatToolsReadAreThere() {
    assertThat(fields("everything").keySet())
        .contains(
            "redis_version",
            "process_id",
            "role",
            "cluster_enabled",
            "loading",
            "blocked_clients",
            "connected_clients",
            "total_blocking_keys",
            "total_blocking_keys_on_nokey",
            "tracking_total_keys",
            "expired_keys",
            "total_error_replies",
            "rdb_changes_since_last_save",
            "rdb_bgsave_in_progress",
            "aof_rewrite_in_progress",
            "used_memory",
            "mem_allocator",
            "total_forks",
            "watching_clients",
            "total_watched_keys",
            "pubsub_clients",
            "pubsub_channels",
            "pubsub_patterns",
            "pubsubshard_channels",
            "acl_access_denied_auth",
            "acl_access_denied_cmd",
            "acl_access_denied_key",
            "acl_access_denied_channel",
            "lazyfree_pending_objects",
            "number_of_cached_scripts",
            "master_repl_offset",
            "instantaneous_ops_per_sec",
            "instantaneous_input_kbps",
            "instantaneous_output_kbps");
  }

  @Test
  void numbersAreOfThisProcess() {
    Map<String, String> fields = fields();
    assertThat(fields)
        .containsEntry("redis_version", "7.4.0")
        .containsEntry("redis_mode", "cluster")
        .containsEntry("tcp_port", Integer.toString(node.port()))
        .containsEntry("process_id", Long.toString(ProcessHandle.current().pid()))
        .containsEntry("role", "master")
        .containsEntry("connected_slaves", "0");
    assertThat(Long.parseLong(fields.get("used_memory"))).isPositive();
    assertThat(Long.parseLong(fields.get("used_memory_rss"))).isPositive();
    assertThat(Double.parseDouble(fields.get("used_cpu_user"))).isPositive();
  }

  @Test
  void keysAndSubscriptionsAreCounted() {
    client.line("SET a 1");
    client.line("SET b 1 EX 1000");
    client.line("GET a");
    client.line("GET missing");
    RespConnection subscriber = node.connect();
    subscriber.line("HELLO 3");
    subscriber.line("SUBSCRIBE x");
    subscriber.line("PSUBSCRIBE y*");
    subscriber.line("SSUBSCRIBE z");
    assertThat(fields())
        .containsEntry("db0", "keys=2,expires=1,avg_ttl=0")
        .containsEntry("keyspace_hits", "1")
        .containsEntry("keyspace_misses", "1")
        .containsEntry("pubsub_clients", "1")
        .containsEntry("pubsub_channels", "1")
        .containsEntry("pubsub_patterns", "1")
        .containsEntry("pubsubshard_channels", "1")
        .containsEntry("connected_clients", "2");
  }

  @Test
  void errorsAreCountedByTheirCodeAndCommandsByName() {
    client.line("GET");
    client.line("foo");
    client.line("SELECT 1");
    client.line("DEL a b");
    client.line("GET a");
    assertThat(fields("errorstats"))
        .containsEntry("errorstat_ERR", "count=3")
        .containsEntry("errorstat_CROSSSLOT", "count=1");
    Map<String, String> commands = fields("commandstats");
    assertThat(commands.get("cmdstat_get"))
        .matches("calls=1,usec=\\d+,usec_per_call=\\d+\\.\\d\\d,rejected_calls=1,failed_calls=0");
    assertThat(commands.get("cmdstat_select")).contains("calls=1,").endsWith("failed_calls=1");
    assertThat(commands.get("cmdstat_del")).contains("calls=0,").contains("rejected_calls=1");
    assertThat(fields("latencystats").get("latency_percentiles_usec_get"))
        .matches("p50=\\d+\\.\\d{3},p99=\\d+\\.\\d{3},p99.9=\\d+\\.\\d{3}");
    client.line("CONFIG SET latency-tracking no");
    assertThat(fields("latencystats")).isEmpty();
  }

  @Test
  void resetstatCountsFromZeroAgain() {
    client.line("foo");
    client.line("GET a");
    assertThat(client.line("CONFIG RESETSTAT")).isEqualTo("+OK\r\n");
    assertThat(fields("stats"))
        .containsEntry("total_connections_received", "0")
        .containsEntry("total_error_replies", "0")
        .containsEntry("keyspace_misses", "0");
    assertThat(fields("errorstats")).isEmpty();
    // What runs since: RESETSTAT itself, and INFO.
    assertThat(fields("commandstats")).containsOnlyKeys("cmdstat_config|resetstat", "cmdstat_info");
  }

  @Test
  void ratesFollowTheTraffic() {
    await()
        .until(
            () -> {
              client.line("PING");
              return !"0".equals(fields("stats").get("instantaneous_ops_per_sec"));
            });
  }
}
