package io.slotcast.broker.command;

import io.slotcast.broker.resp.Request;

/** An error reply: its message is the whole text, code first. Cheap: it carries no stack trace. */
public final class CommandException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String text;

  public CommandException(String text) {
    super(text, null, false, false);
    this.text = text;
  }

  /** The whole error reply but for the leading {@code -}. */
  public String text() {
    return text;
  }

  public static CommandException syntax() {
    return new CommandException("ERR syntax error");
  }

  public static CommandException notAnInteger() {
    return new CommandException("ERR value is not an integer or out of range");
  }

  public static CommandException wrongType() {
    return new CommandException(
        "WRONGTYPE Operation against a key holding the wrong kind of value");
  }

  /** An expiry that is not positive or does not fit into 64 bits of milliseconds. */
  public static CommandException invalidExpireTime(String fullName) {
    return new CommandException("ERR invalid expire time in '" + fullName + "' command");
  }

  public static CommandException wrongNumberOfArguments(String fullName) {
    return new CommandException("ERR wrong number of arguments for '" + fullName + "' command");
  }

  /** Too many arguments for a subcommand; {@code container} in upper case. */
  public static CommandException unknownSubcommand(Request request, String container) {
    return new CommandException(
        "ERR unknown subcommand or wrong number of arguments for '"
            + request.text(1)
            + "'. Try "
            + container
            + " HELP.");
  }
}
