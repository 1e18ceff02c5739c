package io.slotcast.broker.command;

import java.util.Set;

/** What a RESP2 client may say while it is subscribed: its socket carries nothing else. */
final class SubscribedMode {
  private static final Set<String> ALLOWED =
      Set.of(
          "subscribe",
          "psubscribe",
          "ssubscribe",
          "spsubscribe",
          "unsubscribe",
          "punsubscribe",
          "sunsubscribe",
          "spunsubscribe",
          "ping",
          "quit",
          "reset");

  private SubscribedMode() {}

  static boolean allows(RegisteredCommand command) {
    return ALLOWED.contains(command.fullName());
  }

  static String refusal(RegisteredCommand command) {
    return "ERR Can't execute '"
        + command.fullName()
        + "': only (P|S)SUBSCRIBE / (P|S)UNSUBSCRIBE / PING / QUIT / RESET are allowed in this"
        + " context";
  }
}
