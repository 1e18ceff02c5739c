package io.slotcast.broker.command.client;

import io.slotcast.broker.command.CommandException;
import io.slotcast.broker.resp.Request;
import java.nio.charset.StandardCharsets;

/** Arguments of CLIENT and HELLO that end up in the lines of CLIENT LIST. */
public final class ClientText {
  private ClientText() {}

  /** A connection's name. */
  public static String name(Request request, int i) {
    return plain(request, i, "Client names");
  }

  /** An argument of printable characters without spaces; {@code what} names it in the error. */
  static String plain(Request request, int i, String what) {
    String text = request.text(i);
    if (text.chars().anyMatch(c -> c < '!' || c > '~')) {
      throw new CommandException(
          "ERR " + what + " cannot contain spaces, newlines or special characters.");
    }
    return text;
  }

  static boolean isOn(Request request, int i) {
    if (request.is(i, "ON")) {
      return true;
    }
    if (request.is(i, "OFF")) {
      return false;
    }
    throw CommandException.syntax();
  }

  static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
