package io.slotcast.broker.config;

/**
 * Where another node of the cluster may be found.
 *
 * @param host a host name, or an IP address without brackets
 * @param port its client port
 * @param busPort its bus port; {@code port + 10000} unless it was given
 */
public record SeedAddress(String host, int port, int busPort) {
  /** How far the bus port lies above the client port unless told otherwise. */
  public static final int BUS_OFFSET = 10_000;

  private static final int MAX_PORT = 65_535;

  /** Reads {@code host:port} or {@code host:port@bus}; an IPv6 address may stand in brackets. */
  static SeedAddress parse(String text) throws InvalidValueException {
    int colon = text.lastIndexOf(':');
    int at = text.indexOf('@', Math.max(colon, 0));
    if (colon <= 0) {
      throw invalid(text);
    }
    String host = text.substring(0, colon);
    if (host.startsWith("[") && host.endsWith("]")) {
      host = host.substring(1, host.length() - 1);
    }
    int port = port(text, text.substring(colon + 1, at < 0 ? text.length() : at));
    int busPort = at < 0 ? port + BUS_OFFSET : port(text, text.substring(at + 1));
    if (host.isEmpty() || busPort > MAX_PORT) {
      throw invalid(text);
    }
    return new SeedAddress(host, port, busPort);
  }

  private static int port(String text, String digits) throws InvalidValueException {
    try {
      return Math.toIntExact(LongType.parse(digits, 1, MAX_PORT));
    } catch (InvalidValueException notAPort) {
      throw invalid(text);
    }
  }

  private static InvalidValueException invalid(String text) {
    return new InvalidValueException("'" + text + "' is not host:port or host:port@bus-port");
  }

  @Override
  public String toString() {
    String shown = (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
    return busPort == port + BUS_OFFSET ? shown : shown + "@" + busPort;
  }
}
