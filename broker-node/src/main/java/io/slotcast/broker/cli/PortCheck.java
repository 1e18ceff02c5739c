package io.slotcast.broker.cli;

import io.slotcast.broker.StartupException;
import io.slotcast.broker.config.Directives;
import io.slotcast.broker.config.ServerConfig;
import io.slotcast.broker.net.BindAddress;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/**
 * Tells ports that cannot be had before any node starts: one message is clearer than several
 * nodes', and a node that gives up later has already been seen by the others. Another process may
 * still take a port in between; the node then says so.
 */
final class PortCheck {
  /** A port that cannot be had, and why. */
  private record Taken(InetSocketAddress address, IOException why) {
    StartupException asFailure() {
      return StartupException.because(
          "cannot listen on " + address.getHostString() + ":" + address.getPort(), why);
    }
  }

  private PortCheck() {}

  /**
   * @throws StartupException that names the first address that cannot be listened on
   */
  static void check(ServerConfig config) throws StartupException {
    for (Taken taken : taken(config)) {
      throw taken.asFailure();
    }
  }

  /**
   * @throws StartupException that names all ports of all nodes that cannot be had
   */
  static void check(List<ServerConfig> configs) throws StartupException {
    List<Taken> taken = configs.stream().flatMap(config -> taken(config).stream()).toList();
    if (taken.size() == 1) {
      throw taken.getFirst().asFailure();
    }
    if (!taken.isEmpty()) {
      List<String> ports =
          taken.stream().map(one -> String.valueOf(one.address().getPort())).toList();
      throw new StartupException(
          "ports " + String.join(", ", ports) + " are in use: --port chooses others");
    }
  }

  private static List<Taken> taken(ServerConfig config) {
    var taken = new ArrayList<Taken>();
    for (BindAddress bind : BindAddress.parse(config.get(Directives.BIND))) {
      if (!bind.optional()) {
        probe(bind.withPort(config.get(Directives.PORT)), taken);
        probe(bind.withPort(config.get(Directives.TLS_PORT)), taken);
        probe(bind.withPort(config.busPort()), taken);
      }
    }
    probe(new InetSocketAddress(config.get(Directives.ADMIN_BIND), config.adminPort()), taken);
    return taken;
  }

  /** Port 0 stands for none. */
  private static void probe(InetSocketAddress address, List<Taken> taken) {
    if (address.getPort() == 0) {
      return;
    }
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(address);
    } catch (IOException why) {
      taken.add(new Taken(address, why));
    }
  }
}
