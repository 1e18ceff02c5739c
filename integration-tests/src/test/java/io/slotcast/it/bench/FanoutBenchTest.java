package io.slotcast.it.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.slotcast.broker.bench.BenchException;
import io.slotcast.broker.bench.FanoutBench;
import io.slotcast.broker.bench.FanoutCell;
import io.slotcast.broker.bench.FanoutMode;
import io.slotcast.broker.bench.FanoutResult;
import io.slotcast.broker.bench.Placement;
import io.slotcast.broker.bench.TargetCluster;
import io.slotcast.broker.client.RespConnection;
import io.slotcast.testkit.ClusterPlan;
import io.slotcast.testkit.TestCluster;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What {@code bench fanout} counts, on a cluster whose message paths are known. */
class FanoutBenchTest {
  private static final FanoutBench BENCH =
      new FanoutBench(Duration.ofMillis(300), Duration.ofMillis(300), () -> false);

  private static TestCluster cluster;

  @BeforeAll
  static void start() {
    cluster = TestCluster.start(ClusterPlan.sixNodes());
  }

  @AfterAll
  static void stop() {
    cluster.close();
  }

  @ParameterizedTest
  @CsvSource({
    // All five other nodes; the other two primaries of the three that have subscribers;
    // in two of three cases the one that has them; the replica.
    "BROADCAST, SPREAD, 5",
    "INTEREST, SPREAD, 2",
    "INTEREST, TOGETHER, 0.667",
    "SHARDED, TOGETHER, 1"
  })
  void aMessageCostsAsManyFramesAsTheModelSaysAndNoneIsLost(
      FanoutMode mode, Placement placement, double frames) throws Exception {
    FanoutCell cell = new FanoutCell(mode, placement, 12, 3, 6, 4, 64, 0);

    FanoutResult result = run(cell);

    assertThat(result.nodes()).isEqualTo(6);
    assertThat(result.published()).isPositive();
    assertThat(result.delivered()).isEqualTo(3 * result.published());
    assertThat(result.lost()).isZero();
    assertThat(result.predictedFrames()).isCloseTo(frames, within(0.001));
    assertThat(result.amplification()).isCloseTo(frames, within(0.05));
    assertThat(result.bytesPerPublish()).isGreaterThan(frames * (64 + "ch000000".length()));
    assertThat(result.cpuPerPublish()).isPositive();
    assertThat(result.latency().p50()).isPositive().isLessThanOrEqualTo(result.latency().max());
  }

  @Test
  void atAFixedRateThatManyMessagesAreSent() throws Exception {
    FanoutCell cell = new FanoutCell(FanoutMode.SHARDED, Placement.TOGETHER, 3, 1, 2, 1, 8, 1000);

    FanoutResult result = run(cell);

    assertThat(result.published()).isEqualTo(300);
    assertThat(result.lost()).isZero();
  }

  @Test
  void howTheNodesRoutedIsRestored() throws Exception {
    run(new FanoutCell(FanoutMode.INTEREST, Placement.SPREAD, 1, 1, 1, 1, 8, 0));

    try (RespConnection client = RespConnection.open(cluster.port(3))) {
      assertThat(client.call("CONFIG", "GET", "publish-routing").item(1).text())
          .isEqualTo("broadcast");
    }
  }

  @Test
  void anErrorOfTheClusterEndsTheBenchmarkWithItsText() {
    int tooMuch = (1 << 20) + 1;
    FanoutCell cell =
        new FanoutCell(FanoutMode.BROADCAST, Placement.SPREAD, 1, 0, 1, 1, tooMuch, 0);
    try (RespConnection client = RespConnection.open(cluster.port(0))) {
      client.call("CONFIG", "SET", "proto-max-bulk-len", "1mb");
      try {
        assertThatThrownBy(() -> run(cell))
            .isInstanceOf(BenchException.class)
            .hasMessageContaining("refuses a publisher: -ERR Protocol error: invalid bulk length");
      } finally {
        client.call("CONFIG", "SET", "proto-max-bulk-len", "512mb");
      }
    }
  }

  private static FanoutResult run(FanoutCell cell) throws BenchException {
    InetSocketAddress seed =
        new InetSocketAddress(InetAddress.getLoopbackAddress(), cluster.port(0));
    try (TargetCluster target = TargetCluster.open(seed, "")) {
      return Objects.requireNonNull(BENCH.run(target, cell));
    }
  }
}
