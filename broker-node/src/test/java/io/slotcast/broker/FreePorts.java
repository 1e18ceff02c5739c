package io.slotcast.broker;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.random.RandomGenerator;

/** Client ports that are free now, with their bus and admin ports. */
public final class FreePorts {
  /**
   * Of up to four JVMs side by side, each has ports of its own: a node that is stopped finds its
   * own free when it comes back. {@code test.fork} is the JVM's number.
   */
  private static final int EACH = 425;

  /**
   * Up to 22,700, above which a bus port would be an ephemeral one (from 32768 on Linux) that a
   * connection may take.
   */
  private static final int LOWEST = 21_000 + (Integer.getInteger("test.fork", 1) - 1) % 4 * EACH;

  private static final int HIGHEST = LOWEST + EACH;

  private static final int BUS_OFFSET = 10_000;
  private static final int ADMIN_OFFSET = 20_000;

  private FreePorts() {}

  /** The first of so many ports in a row. */
  public static int inARow(int count) {
    RandomGenerator random = RandomGenerator.getDefault();
    while (true) {
      int first = random.nextInt(LOWEST, HIGHEST - count);
      boolean free = true;
      for (int port = first; port < first + count; port++) {
        free &= isFree(port) && isFree(port + BUS_OFFSET) && isFree(port + ADMIN_OFFSET);
      }
      if (free) {
        return first;
      }
    }
  }

  private static boolean isFree(int port) {
    try (var socket = new ServerSocket()) {
      socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      return true;
    } catch (IOException inUse) {
      return false;
    }
  }
}
