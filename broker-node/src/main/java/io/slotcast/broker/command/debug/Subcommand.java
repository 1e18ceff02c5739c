package io.slotcast.broker.command.debug;

import io.slotcast.broker.command.Call;
import java.util.function.Consumer;

/**
 * A subcommand of DEBUG.
 *
 * @param name in upper case
 * @param syntax of its arguments, for HELP
 * @param help one sentence
 * @param fewest how many arguments there are at least, DEBUG and its own name included
 * @param most how many there are at most
 */
record Subcommand(
    String name, String syntax, String help, int fewest, int most, Consumer<Call> action) {

  /** One with as many arguments as its syntax has words. */
  static Subcommand of(String name, String syntax, String help, Consumer<Call> action) {
    int count = 2 + (syntax.isEmpty() ? 0 : syntax.split(" ", -1).length);
    return new Subcommand(name, syntax, help, count, count, action);
  }

  /** One with any number of arguments. */
  static Subcommand ofMany(String name, String syntax, String help, Consumer<Call> action) {
    return new Subcommand(name, syntax, help, 2, Integer.MAX_VALUE, action);
  }

  boolean accepts(int count) {
    return count >= fewest && count <= most;
  }
}
