package io.slotcast.broker.cli;

import io.slotcast.broker.StartupException;
import io.slotcast.broker.config.Directives;
import io.slotcast.broker.config.ServerConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Tells ports that are taken before any node starts, since one message is clearer than what several
 * nodes say of theirs. Another process may still take one in between; the node then says so.
 */
final class PortCheck {
  private PortCheck() {}

  /**
   * @throws StartupException that names the ports that are in use on the loopback address
   */
  static void check(List<ServerConfig> configs) throws StartupException {
    List<String> taken =
        configs.stream()
            .flatMapToInt(PortCheck::ports)
            .filter(PortCheck::isTaken)
            .mapToObj(Integer::toString)
            .toList();
    if (!taken.isEmpty()) {
      throw new StartupException(
          (taken.size() == 1 ? "port " : "ports ")
              + String.join(", ", taken)
              + " in use: is another cluster running? --port chooses others");
    }
  }

  private static IntStream ports(ServerConfig config) {
    return IntStream.of(config.get(Directives.PORT), config.busPort(), config.adminPort())
        .filter(port -> port != 0);
  }

  private static boolean isTaken(int port) {
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return false;
    } catch (IOException inUse) {
      return true;
    }
  }
}
