package io.slotcast.broker.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.slotcast.broker.FreePorts;
import io.slotcast.broker.RespConnection;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code slotcast server} as an operator meets it: a process, its output and its exit code. */
class ServerCommandTest {
  @TempDir Path folder;

  private final int port = FreePorts.inARow(2);

  @Test
  void aNodeServesUntilItIsTerminatedAndLeavesWithExitCodeZero() throws Exception {
    try (SlotcastProcess server = server("--port", Integer.toString(port))) {
      await().atMost(Duration.ofSeconds(60)).until(() -> isListening(port));

      server.terminate();

      assertThat(server.exitCode()).as(server.err()).isZero();
      assertThat(server.out()).isEmpty();
      assertThat(server.err()).contains("Leaving the cluster");
    }
  }

  @Test
  void aNodeThatAClientShutsDownEndsWithExitCodeZero() throws Exception {
    try (SlotcastProcess server = server("--port", Integer.toString(port))) {
      await().atMost(Duration.ofSeconds(60)).until(() -> isListening(port));

      try (RespConnection client = RespConnection.to(port)) {
        client.send("SHUTDOWN");
        assertThat(client.isClosedByServer()).isTrue();
      }

      assertThat(server.exitCode()).as(server.err()).isZero();
    }
  }

  @Test
  void aBadLineOfTheFileIsSaidInOneLine() throws Exception {
    Path file = Files.writeString(folder.resolve("slotcast.conf"), "port 7001\n\nfoo 1\n");

    assertRefused("slotcast: " + file + ":3: unknown directive 'foo'", file.toString());
  }

  @Test
  void aBadOptionIsSaidInOneLine() throws Exception {
    assertRefused(
        "slotcast: --maxclients: argument must be between 1 and 4294967295 inclusive",
        "--maxclients",
        "0");
  }

  @Test
  void aPortInUseIsSaidInOneLine() throws Exception {
    try (var taken = new ServerSocket()) {
      taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));

      assertRefused(
          "slotcast: cannot listen on 127.0.0.1:" + port + ": Address already in use",
          "--bind",
          "127.0.0.1",
          "--port",
          Integer.toString(port));
    }
  }

  @Test
  void aDataFolderThatAnotherNodeHoldsIsSaidInOneLine() throws Exception {
    try (SlotcastProcess holder = server("--port", Integer.toString(port))) {
      await().atMost(Duration.ofSeconds(60)).until(() -> isListening(port));

      try (SlotcastProcess second = server("--port", Integer.toString(port + 1))) {
        assertThat(second.exitCode()).isEqualTo(ExitCode.REFUSED);
        assertThat(second.err())
            .startsWith("slotcast: the data folder " + folder + " is held by process")
            .hasLineCount(1);
      }
      assertThat(holder.err()).doesNotContain("WARN");
    }
  }

  @Test
  void aJournalThatCannotBeLoadedIsSaidInOneLine() throws Exception {
    Path journal = folder.resolve("appendonly.aof");
    Files.writeString(journal, "*1\r\n$4\r\nPING\r\n!\r\n!");

    try (SlotcastProcess server =
        server(
            "--port", Integer.toString(port), "--dir", folder.toString(), "--appendonly", "yes")) {
      assertThat(server.exitCode()).isEqualTo(ExitCode.REFUSED);
      assertThat(server.err().lines().filter(line -> line.startsWith("slotcast: ")))
          .singleElement(InstanceOfAssertFactories.STRING)
          .contains("appendonly.aof: ")
          .contains("at byte 14");
      assertThat(server.err()).doesNotContain("\tat ");
    }
  }

  @Test
  void directivesWithoutEffectAreToldInTheLog() throws Exception {
    try (SlotcastProcess server =
        server("--port", Integer.toString(port), "--activedefrag", "yes")) {
      await()
          .atMost(Duration.ofSeconds(60))
          .until(() -> server.err().contains("Kept for tools, without effect: activedefrag"));
    }
  }

  @Test
  void theLogGoesToItsFileInTheDataFolder() throws Exception {
    try (SlotcastProcess server =
        server("--port", Integer.toString(port), "--logfile", "node.log")) {
      await().atMost(Duration.ofSeconds(60)).until(() -> isListening(port));
      server.terminate();

      assertThat(server.exitCode()).isZero();
      assertThat(server.err()).isEmpty();
      assertThat(folder.resolve("node.log")).content().contains("Leaving the cluster");
    }
  }

  private void assertRefused(String message, String... arguments) throws Exception {
    try (SlotcastProcess server = server(arguments)) {
      assertThat(server.exitCode()).isEqualTo(ExitCode.REFUSED);
      assertThat(server.err().strip()).isEqualTo(message);
    }
  }

  private SlotcastProcess server(String... directives) throws Exception {
    var arguments = new String[directives.length + 1];
    arguments[0] = "server";
    System.arraycopy(directives, 0, arguments, 1, directives.length);
    return SlotcastProcess.start(folder, arguments);
  }

  private static boolean isListening(int port) {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException refused) {
      return false;
    }
  }
}
