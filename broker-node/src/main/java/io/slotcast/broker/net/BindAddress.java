package io.slotcast.broker.net;

import java.net.InetSocketAddress;
import java.util.List;

/**
 * One word of the {@code bind} directive.
 *
 * @param host an IP address; {@code 0.0.0.0} and {@code ::} are all of theirs
 * @param optional whether the node may start without it, if this machine has no such address
 */
public record BindAddress(String host, boolean optional) {
  private static final String ANY_IPV4 = "0.0.0.0";
  private static final String ANY_IPV6 = "::";

  /**
   * Reads {@code 10.0.0.1}, {@code *}, {@code ::*}, each with a {@code -} before it if optional.
   */
  public static BindAddress parse(String word) {
    boolean optional = word.startsWith("-");
    String host = optional ? word.substring(1) : word;
    return switch (host) {
      case "*" -> new BindAddress(ANY_IPV4, optional);
      case "::*" -> new BindAddress(ANY_IPV6, optional);
      default -> new BindAddress(host, optional);
    };
  }

  public static List<BindAddress> parse(List<String> words) {
    return words.stream().map(BindAddress::parse).toList();
  }

  public boolean isWildcard() {
    return host.equals(ANY_IPV4) || host.equals(ANY_IPV6);
  }

  public boolean isAllOfIpv6() {
    return host.equals(ANY_IPV6);
  }

  public InetSocketAddress withPort(int port) {
    return new InetSocketAddress(host, port);
  }
}
