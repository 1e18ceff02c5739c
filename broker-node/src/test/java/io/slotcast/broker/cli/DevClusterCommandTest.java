package io.slotcast.broker.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.slotcast.broker.FreePorts;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DevClusterCommandTest {
  @TempDir Path folder;

  private final int port = FreePorts.inARow(2);

  @Test
  void aClusterSaysThatItIsReadyInOneLineAndEndsWithExitCodeZero() throws Exception {
    try (SlotcastProcess cluster = devCluster("--dir", "data")) {
      await().atMost(Duration.ofSeconds(60)).until(() -> !cluster.out().isEmpty());

      assertThat(cluster.out())
          .startsWith("ready on 127.0.0.1, ports " + port + " " + (port + 1) + ", after ")
          .contains("redis-cli -c -p " + port)
          .hasLineCount(1);
      try (var nodes = Files.list(folder.resolve("data"))) {
        assertThat(nodes.map(node -> node.getFileName().toString()))
            .containsExactlyInAnyOrder("" + port, "" + (port + 1));
      }

      cluster.terminate();
      assertThat(cluster.exitCode()).as(cluster.err()).isZero();
    }
  }

  @Test
  void aClusterWhoseNodesAreAllShutDownEndsWithExitCodeZero() throws Exception {
    try (SlotcastProcess cluster = devCluster()) {
      await().atMost(Duration.ofSeconds(60)).until(() -> !cluster.out().isEmpty());

      for (int node : List.of(port, port + 1)) {
        try (var client = new Socket(InetAddress.getLoopbackAddress(), node)) {
          client.setSoTimeout(20_000);
          client.getOutputStream().write("SHUTDOWN\r\n".getBytes(StandardCharsets.US_ASCII));
          client.getInputStream().transferTo(OutputStream.nullOutputStream());
        }
      }

      assertThat(cluster.exitCode()).as(cluster.err()).isZero();
    }
  }

  @Test
  void portsInUseAreToldAtOnceAndNothingIsStarted() throws Exception {
    try (var first = new ServerSocket();
        var second = new ServerSocket()) {
      first.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      second.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port + 10_001));

      try (SlotcastProcess cluster = devCluster()) {
        assertThat(cluster.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(cluster.err().strip())
            .isEqualTo(
                "slotcast: ports %d, %d are in use: --port chooses others"
                    .formatted(port, port + 10_001));
      }
    }
  }

  private SlotcastProcess devCluster(String... more) throws Exception {
    var arguments =
        new ArrayList<>(
            List.of("dev-cluster", "--primaries", "2", "--replicas", "0", "--port", "" + port));
    arguments.addAll(List.of(more));
    return SlotcastProcess.start(folder, arguments.toArray(String[]::new));
  }
}
