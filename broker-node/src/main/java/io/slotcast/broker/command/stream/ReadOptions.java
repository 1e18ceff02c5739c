package io.slotcast.broker.command.stream;

import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandDoc.Type;
import io.slotcast.broker.command.CommandException;
import io.slotcast.broker.resp.Request;

/** The options of XREAD and XREADGROUP, up to the keys. */
final class ReadOptions {
  /** What XREAD and XREADGROUP both have, for COMMAND DOCS. */
  static Argument[] limitsDoc() {
    return new Argument[] {
      Argument.of("count", Type.INTEGER).withToken("COUNT").asOptional(),
      Argument.of("maxcount", Type.INTEGER).withToken("MAXCOUNT").asOptional(),
      Argument.of("maxsize", Type.INTEGER).withToken("MAXSIZE").asOptional(),
      Argument.of("milliseconds", Type.INTEGER).withToken("BLOCK").asOptional()
    };
  }

  /** {@link #blockMillis} where a client does not wait. */
  static final long NO_BLOCK = -1;

  /** {@link #claimMinIdleMillis} where nothing is claimed. */
  static final long NO_CLAIM = -1;

  private final Call call;
  private final boolean ofGroup;
  private long blockMillis = NO_BLOCK;
  private long count = Long.MAX_VALUE;
  private boolean countGiven;
  private long maxCount = ReadBudget.UNLIMITED;
  private long maxSize = ReadBudget.UNLIMITED;
  private long claimMinIdleMillis = NO_CLAIM;
  private boolean noAck;
  private int groupArgument;
  private int firstKey;

  private ReadOptions(Call call, boolean ofGroup) {
    this.call = call;
    this.ofGroup = ofGroup;
  }

  static ReadOptions parse(Call call, boolean ofGroup) {
    ReadOptions options = new ReadOptions(call, ofGroup);
    options.parse();
    return options;
  }

  private void parse() {
    Request request = call.request();
    for (int i = 1; i < request.count() && firstKey == 0; i++) {
      i = take(request, i);
    }
    if (firstKey == 0) {
      throw CommandException.syntax();
    }
    if (ofGroup && groupArgument == 0) {
      throw new CommandException("ERR Missing GROUP option for XREADGROUP");
    }
    if (countGiven && maxCount < count) {
      throw new CommandException("ERR MAXCOUNT must be greater than or equal to COUNT");
    }
  }

  /** Takes the option at argument {@code i}; returns the place of its last argument. */
  private int take(Request request, int i) {
    int more = request.count() - i - 1;
    if (more >= 1 && request.is(i, "BLOCK")) {
      blockMillis = timeout(i + 1);
      return i + 1;
    } else if (more >= 1 && request.is(i, "COUNT")) {
      long given = call.longArgument(i + 1);
      countGiven = given > 0;
      count = countGiven ? given : Long.MAX_VALUE;
      return i + 1;
    } else if (more >= 1 && request.is(i, "MAXCOUNT")) {
      maxCount = positive(i + 1, "MAXCOUNT");
      return i + 1;
    } else if (more >= 1 && request.is(i, "MAXSIZE")) {
      maxSize = positive(i + 1, "MAXSIZE");
      return i + 1;
    } else if (more >= 1 && request.is(i, "CLAIM")) {
      requireGroup("CLAIM");
      claimMinIdleMillis = minIdle(i + 1);
      return i + 1;
    } else if (more >= 1 && request.is(i, "STREAMS")) {
      if (more % 2 != 0) {
        throw unbalanced();
      }
      firstKey = i + 1;
      return i;
    } else if (more >= 2 && request.is(i, "GROUP")) {
      requireGroup("GROUP");
      groupArgument = i + 1;
      return i + 2;
    } else if (request.is(i, "NOACK")) {
      requireGroup("NOACK");
      noAck = true;
      return i;
    }
    throw CommandException.syntax();
  }

  private long timeout(int i) {
    if (!call.request().isLong(i)) {
      throw new CommandException("ERR timeout is not an integer or out of range");
    }
    long millis = call.request().toLong(i);
    if (millis < 0) {
      throw new CommandException("ERR timeout is negative");
    }
    return millis;
  }

  private long positive(int i, String option) {
    if (!call.request().isLong(i) || call.request().toLong(i) <= 0) {
      throw new CommandException("ERR " + option + " must be a positive integer");
    }
    return call.request().toLong(i);
  }

  private long minIdle(int i) {
    if (!call.request().isLong(i)) {
      throw new CommandException("ERR min-idle-time is not an integer or out of range");
    }
    long millis = call.request().toLong(i);
    if (millis < 0) {
      throw new CommandException("ERR min-idle-time must be a positive integer");
    }
    return millis;
  }

  private void requireGroup(String option) {
    if (!ofGroup) {
      throw new CommandException(
          "ERR The "
              + option
              + " option is only supported by XREADGROUP. You called XREAD instead.");
    }
  }

  private static CommandException unbalanced() {
    return new CommandException(
        "ERR Unbalanced XREAD list of streams: for each stream key an ID or '$' must be specified.");
  }

  /** How long to wait where there is nothing; 0 for ever, {@link #NO_BLOCK} for not at all. */
  long blockMillis() {
    return blockMillis;
  }

  /** How many entries of each stream at most. */
  long count() {
    return count;
  }

  /** How much may be replied over all streams. */
  ReadBudget budget() {
    return new ReadBudget(maxCount, maxSize);
  }

  /** How long an entry is pending that is claimed with what is new; {@link #NO_CLAIM} for none. */
  long claimMinIdleMillis() {
    return claimMinIdleMillis;
  }

  /** Whether entries do not become pending. */
  boolean noAck() {
    return noAck;
  }

  /** Where the group's name stands; the consumer's is behind it. */
  int groupArgument() {
    return groupArgument;
  }

  int firstKey() {
    return firstKey;
  }

  /** How many keys there are; their ids follow in the same order. */
  int keys() {
    return (call.request().count() - firstKey) / 2;
  }
}
