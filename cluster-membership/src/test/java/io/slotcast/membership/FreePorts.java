package io.slotcast.membership;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Loopback addresses that nothing listened on a moment ago, below the ports that systems give to
 * outgoing connections: one of those would keep a node that was stopped from coming back.
 */
public final class FreePorts {
  /**
   * Of up to four JVMs side by side, each has ports of its own: {@code test.fork} is its number.
   */
  private static final int EACH = 4_250;

  private static final int LOWEST = 15_000 + (Integer.getInteger("test.fork", 1) - 1) % 4 * EACH;
  private static final int HIGHEST = LOWEST + EACH;

  private FreePorts() {}

  public static List<InetSocketAddress> loopback(int count) {
    List<InetSocketAddress> addresses = new ArrayList<>();
    while (addresses.size() < count) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);
      InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
      if (!addresses.contains(address) && isFree(address)) {
        addresses.add(address);
      }
    }
    return addresses;
  }

  private static boolean isFree(InetSocketAddress address) {
    try (ServerSocket socket = new ServerSocket(address.getPort(), 1, address.getAddress())) {
      return socket.isBound();
    } catch (BindException e) {
      return false;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
