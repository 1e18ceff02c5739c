package io.slotcast.broker.command;

import io.slotcast.broker.resp.Request;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** A request's arguments as others may see them. */
final class ShownArguments {
  private static final byte[] REDACTED = "(redacted)".getBytes(StandardCharsets.US_ASCII);

  private ShownArguments() {}

  /**
   * @param most how many arguments to show; the last of them tells how many more there are
   * @param longest how many bytes of one to show, before it tells how many more there are
   */
  static List<byte[]> of(Command command, Request request, int most, int longest) {
    List<byte[]> shown = new ArrayList<>();
    boolean all = request.count() <= most;
    int count = all ? request.count() : most - 1;
    for (int i = 0; i < count; i++) {
      shown.add(command.isSecret(request, i) ? REDACTED : shortened(request, i, longest));
    }
    if (!all) {
      shown.add(ascii("... (" + (request.count() - count) + " more arguments)"));
    }
    return shown;
  }

  private static byte[] shortened(Request request, int i, int longest) {
    int length = request.length(i);
    if (length <= longest) {
      return request.bytes(i);
    }
    byte[] rest = ascii("... (" + (length - longest) + " more bytes)");
    byte[] shown = new byte[longest + rest.length];
    System.arraycopy(request.array(), request.offset(i), shown, 0, longest);
    System.arraycopy(rest, 0, shown, longest, rest.length);
    return shown;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
