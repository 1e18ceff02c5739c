package io.slotcast.broker.command;

/** Counts and numbers of keys among a command's arguments, with Redis' refusals. */
public final class CountArgument {
  /** How often an element may be drawn again in one reply, so that no request fills the memory. */
  private static final long MOST_REPEATED = 1 << 24;

  private CountArgument() {}

  /** A count that must not be negative. */
  public static long positive(Call call, int i) {
    return atLeast(call, i, 0, "ERR value is out of range, must be positive");
  }

  /** A number that must be {@code least} or more, else {@code refusal}. */
  public static long atLeast(Call call, int i, long least, String refusal) {
    if (!call.request().isLong(i) || call.request().toLong(i) < least) {
      throw new CommandException(refusal);
    }
    return call.request().toLong(i);
  }

  /** How many keys follow: at least one, and no more than there are arguments behind. */
  public static int keys(Call call, int i) {
    long count = atLeast(call, i, 1, "ERR numkeys should be greater than 0");
    if (count > call.request().count() - i - 1) {
      throw new CommandException("ERR Number of keys can't be greater than number of args");
    }
    return (int) count;
  }

  /**
   * How many keys follow, where something must follow the keys; returns their number.
   *
   * @throws CommandException a syntax error if the arguments are over with them, or before
   */
  public static int keysBeforeMore(Call call, int i) {
    long count = atLeast(call, i, 1, "ERR numkeys should be greater than 0");
    if (count > call.request().count() - i - 2) {
      throw CommandException.syntax();
    }
    return (int) count;
  }

  /** A count of random elements: each at most once, or with repetition if negative. */
  public static long random(Call call, int i) {
    long count = call.longArgument(i);
    if (count == Long.MIN_VALUE) {
      throw new CommandException(
          "ERR value is out of range, value must between -"
              + Long.MAX_VALUE
              + " and "
              + Long.MAX_VALUE);
    }
    if (count < -MOST_REPEATED) {
      throw new CommandException("ERR value is out of range");
    }
    return count;
  }
}
