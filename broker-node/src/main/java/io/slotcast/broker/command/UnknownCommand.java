package io.slotcast.broker.command;

import io.slotcast.broker.resp.Request;
import java.util.Locale;

/** The error for a command or subcommand that nobody knows, in Redis' words. */
final class UnknownCommand {
  /** As much of the arguments as Redis quotes. */
  private static final int SHOWN_ARGUMENTS = 128;

  private static final int SHOWN_NAME = 128;

  private UnknownCommand() {}

  /** A line that a browser sends and no client: then the rest must not be run, as in Redis. */
  static boolean isHttp(Request request) {
    return request.is(0, "POST") || request.is(0, "HOST:");
  }

  static String text(CommandTable commands, Request request) {
    RegisteredCommand container =
        commands.find(request.array(), request.offset(0), request.length(0));
    if (container != null) {
      return "ERR unknown subcommand '"
          + shown(request, 1, SHOWN_NAME)
          + "'. Try "
          + container.spec().name().toUpperCase(Locale.ROOT)
          + " HELP.";
    }
    StringBuilder arguments = new StringBuilder();
    for (int i = 1; i < request.count() && arguments.length() < SHOWN_ARGUMENTS; i++) {
      int room = SHOWN_ARGUMENTS - arguments.length();
      arguments.append('\'').append(shown(request, i, room)).append("' ");
    }
    return "ERR unknown command '"
        + shown(request, 0, SHOWN_NAME)
        + "', with args beginning with: "
        + arguments;
  }

  /** The beginning of an argument, which ends at a zero byte too, as C's strings do. */
  private static String shown(Request request, int i, int limit) {
    String text = request.text(i);
    int zero = text.indexOf('\0');
    int end = zero < 0 ? text.length() : zero;
    return text.substring(0, Math.min(end, limit));
  }
}
