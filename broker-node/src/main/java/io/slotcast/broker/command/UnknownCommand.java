package io.slotcast.broker.command;

import io.slotcast.broker.resp.Request;
import java.util.Locale;

/** The error for a command or subcommand that nobody knows, in Redis' words. */
final class UnknownCommand {
  /** As much of the arguments as Redis quotes. */
  private static final int SHOWN_ARGUMENTS = 128;

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
          + Dispatcher.shownName(request, 1)
          + "'. Try "
          + container.spec().name().toUpperCase(Locale.ROOT)
          + " HELP.";
    }
    StringBuilder arguments = new StringBuilder();
    for (int i = 1; i < request.count() && arguments.length() < SHOWN_ARGUMENTS; i++) {
      String argument = request.text(i);
      int room = SHOWN_ARGUMENTS - arguments.length();
      arguments.append('\'').append(argument, 0, Math.min(argument.length(), room)).append("' ");
    }
    return "ERR unknown command '"
        + Dispatcher.shownName(request, 0)
        + "', with args beginning with: "
        + arguments;
  }
}
