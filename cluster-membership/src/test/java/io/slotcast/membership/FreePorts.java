package io.slotcast.membership;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/** Loopback addresses that nothing listened on a moment ago. */
public final class FreePorts {
  private FreePorts() {}

  public static List<InetSocketAddress> loopback(int count) {
    List<ServerSocket> held = new ArrayList<>();
    try {
      List<InetSocketAddress> addresses = new ArrayList<>();
      for (int i = 0; i < count; i++) {
        ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        held.add(socket);
        addresses.add((InetSocketAddress) socket.getLocalSocketAddress());
      }
      for (ServerSocket socket : held) {
        socket.close();
      }
      return addresses;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
