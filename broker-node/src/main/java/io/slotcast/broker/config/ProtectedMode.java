package io.slotcast.broker.config;

/**
 * {@code protected-mode}: Redis answers only loopback clients while there is no password. Here
 * other nodes come through the client port as well, so a node that could be reached from elsewhere
 * without a password is refused instead.
 */
final class ProtectedMode {
  private ProtectedMode() {}

  static void check(DirectiveValues values) throws InvalidValueException {
    boolean reachable =
        values.get(Directives.BIND).stream().anyMatch(address -> !isLoopback(address));
    if (values.get(Directives.PROTECTED_MODE)
        && reachable
        && values.get(Directives.REQUIREPASS).isEmpty()) {
      throw new InvalidValueException(
          "protected-mode yes needs requirepass, or loopback addresses alone in bind");
    }
  }

  private static boolean isLoopback(String address) {
    String host = address.startsWith("-") ? address.substring(1) : address;
    return host.startsWith("127.") || host.equals("::1") || host.equals("localhost");
  }
}
