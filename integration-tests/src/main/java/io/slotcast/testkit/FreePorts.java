package io.slotcast.testkit;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Client ports for nodes: such that the bus port, the admin port and a port for TLS of each are
 * free as well, and all of them below the ports that the kernel gives to outgoing connections.
 */
public final class FreePorts {
  /**
   * Of up to four JVMs side by side, each has ports of its own: {@code test.fork} is its number.
   */
  private static final int EACH = 650;

  private static final int LOWEST = 10_100 + (Integer.getInteger("test.fork", 1) - 1) % 4 * EACH;
  private static final int HIGHEST = LOWEST + EACH - 1;
  static final int TLS_OFFSET = 5_000;
  private static final int BUS_OFFSET = 10_000;
  private static final int ADMIN_OFFSET = 20_000;

  /** Where to look next: begins anywhere, so that builds run side by side seldom meet. */
  private static int next = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);

  private FreePorts() {}

  /** Ports that this process has not handed out lately, and that nobody listens on now. */
  public static synchronized List<Integer> take(int count) {
    List<Integer> ports = new ArrayList<>();
    for (int tried = 0; ports.size() < count; tried++) {
      if (tried > HIGHEST - LOWEST) {
        throw new IllegalStateException("no " + count + " free ports");
      }
      next = next == HIGHEST ? LOWEST : next + 1;
      if (isFree(next)
          && isFree(next + TLS_OFFSET)
          && isFree(next + BUS_OFFSET)
          && isFree(next + ADMIN_OFFSET)) {
        ports.add(next);
      }
    }
    return ports;
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException inUse) {
      return false;
    }
  }
}
