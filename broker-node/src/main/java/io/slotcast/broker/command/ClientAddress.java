package io.slotcast.broker.command;

import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.SocketAddress;

/** Addresses of a client's socket as Redis prints them: {@code 127.0.0.1:6379}, {@code [::1]:1}. */
public final class ClientAddress {
  private ClientAddress() {}

  public static String remote(Client client) {
    return text(client.connection().remoteAddress());
  }

  public static String local(Client client) {
    return text(client.connection().localAddress());
  }

  private static String text(SocketAddress address) {
    if (!(address instanceof InetSocketAddress inet) || inet.getAddress() == null) {
      return "?:0";
    }
    String host = inet.getAddress().getHostAddress();
    boolean brackets = inet.getAddress() instanceof Inet6Address;
    return (brackets ? "[" + host + "]" : host) + ":" + inet.getPort();
  }
}
