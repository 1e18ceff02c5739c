package io.slotcast.it.failover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.slotcast.broker.client.RespConnection;
import io.slotcast.broker.client.RespValue;
import io.slotcast.testkit.ClusterPlan;
import io.slotcast.testkit.ClusterProcesses;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Three primaries with a replica each, of which one primary at a time is replaced. */
class ReplacedPrimaryTest {
  /** In slot 12,182, of the third primary. */
  private static final String KEY = "foo";

  private static final int PRIMARY = 2;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private static ClusterProcesses cluster() {
    return ClusterProcesses.start(ClusterPlan.sixNodes().with("min-replicas-to-ack", "1"));
  }

  /** A client that writes numbers in order, and follows redirects; it notes what went wrong. */
  private static final class Writer implements AutoCloseable {
    private final ClusterProcesses cluster;
    private final List<Integer> acknowledged = new ArrayList<>();
    private final List<String> errors = new ArrayList<>();
    private RespConnection connection;
    private int next;

    Writer(ClusterProcesses cluster) {
      this.cluster = cluster;
      this.connection = cluster.connect(PRIMARY);
    }

    /** One attempt; a number whose fate is unknown is not written again. */
    boolean write() {
      int number = next++;
      try {
        RespValue reply = connection.call("RPUSH", KEY, Integer.toString(number));
        if (reply instanceof RespValue.SimpleError(String text)) {
          redirected(text);
          return false;
        }
        acknowledged.add(number);
        return true;
      } catch (RuntimeException broken) {
        connection.close();
        connection = connect(0);
        return false;
      }
    }

    private void redirected(String text) {
      if (!text.startsWith("MOVED ")) {
        errors.add(text);
        return;
      }
      int port = Integer.parseInt(text.substring(text.lastIndexOf(':') + 1));
      connection.close();
      connection = connect(cluster.ports().indexOf(port));
    }

    private RespConnection connect(int node) {
      try {
        return cluster.connect(node);
      } catch (RuntimeException down) {
        return cluster.connect(0);
      }
    }

    void writeUntilItWorks() {
      await().atMost(PATIENCE).pollInterval(Duration.ofMillis(5)).until(this::write);
    }

    void write(int count) {
      for (int i = 0; i < count; i++) {
        write();
      }
    }

    /** What is in the list now, in its order. */
    List<Integer> stored() {
      writeUntilItWorks();
      RespValue reply = connection.call("LRANGE", KEY, "0", "-1");
      return reply.items().stream().map(item -> Integer.valueOf(item.text())).toList();
    }

    @Override
    public void close() {
      connection.close();
    }
  }

  private static void awaitReplicated(ClusterProcesses cluster) {
    try (RespConnection primary = cluster.connect(PRIMARY)) {
      await()
          .atMost(PATIENCE)
          .until(() -> primary.call("INFO", "replication").text().contains("state=online"));
    }
  }

  /** Until the other nodes know the primary as a replica. */
  private static void awaitReplaced(ClusterProcesses cluster) {
    String address = ":" + cluster.port(PRIMARY) + "@";
    try (RespConnection other = cluster.connect(0)) {
      await()
          .atMost(PATIENCE)
          .until(
              () ->
                  other
                      .call("CLUSTER", "NODES")
                      .text()
                      .lines()
                      .anyMatch(line -> line.contains(address) && line.contains("slave")));
    }
  }

  @Test
  void aKilledPrimaryIsReplacedAndFollowsWhenItIsBack() {
    try (ClusterProcesses cluster = cluster();
        Writer writer = new Writer(cluster)) {
      awaitReplicated(cluster);
      writer.write(500);

      cluster.node(PRIMARY).kill();
      awaitReplaced(cluster);
      // What is written now has no second node to be on, and waits for the old primary.
      cluster.node(PRIMARY).restart();
      cluster.awaitReady();
      writer.writeUntilItWorks();
      writer.write(500);

      assertThat(writer.stored()).containsAll(writer.acknowledged).isSorted();
      assertThat(writer.acknowledged).hasSizeGreaterThan(500);
      try (RespConnection back = cluster.connect(PRIMARY)) {
        assertThat(back.call("CLUSTER", "NODES").text()).contains("myself,slave");
        await()
            .atMost(PATIENCE)
            .until(() -> back.call("INFO", "replication").text().contains("master_link_status:up"));
      }
    }
  }

  @Test
  void aReplicaTakesOverByCommandAndNobodyIsToldAnError() {
    try (ClusterProcesses cluster = cluster();
        Writer writer = new Writer(cluster)) {
      awaitReplicated(cluster);
      writer.write(200);
      int replica = replica(cluster);
      try (RespConnection heir = cluster.connect(replica)) {
        assertThat(heir.call("CLUSTER", "FAILOVER").text()).isEqualTo("OK");
        await()
            .atMost(PATIENCE)
            .until(
                () -> {
                  writer.write();
                  return heir.call("CLUSTER", "NODES").text().contains("myself,master");
                });
      }
      writer.write(200);

      assertThat(writer.errors).isEmpty();
      assertThat(writer.stored()).containsAll(writer.acknowledged).isSorted();
    }
  }

  /** The replica of the third primary. */
  private static int replica(ClusterProcesses cluster) {
    try (RespConnection primary = cluster.connect(PRIMARY)) {
      String id = primary.call("CLUSTER", "MYID").text();
      String line = primary.call("CLUSTER", "REPLICAS", id).toString();
      return cluster.ports().stream()
          .filter(port -> line.contains(":" + port + "@"))
          .map(port -> cluster.ports().indexOf(port))
          .findFirst()
          .orElseThrow();
    }
  }
}
