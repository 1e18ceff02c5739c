package io.slotcast.broker.command.stream;

import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandDoc.Type;
import io.slotcast.broker.command.CommandException;
import io.slotcast.broker.keyspace.stream.NodeLimits;
import io.slotcast.broker.keyspace.stream.Trim;
import io.slotcast.broker.resp.Request;
import org.jspecify.annotations.Nullable;

/** What stands before the fields of XADD. */
final class AddOptions {
  /** {@link #dueMillis} of an entry that is visible at once. */
  static final long NOT_DELAYED = -1;

  private static final int NONE = 0;

  private final Call call;
  private final NodeLimits limits;
  private final TrimOptions trimming;
  private boolean noMakeStream;
  private int producerArgument = NONE;
  private int ownIdArgument = NONE;
  private long dueMillis = NOT_DELAYED;
  private @Nullable Trim trim;
  private IdArgument.@Nullable NewId id;
  private int idArgument;

  private AddOptions(Call call, NodeLimits limits) {
    this.call = call;
    this.limits = limits;
    this.trimming = new TrimOptions(call);
  }

  static AddOptions parse(Call call, NodeLimits limits) {
    AddOptions options = new AddOptions(call, limits);
    options.parse();
    return options;
  }

  /** For COMMAND DOCS. */
  static Argument producerDoc() {
    return Argument.oneOf(
            "idmp",
            Argument.of("producer-id", Type.STRING).withToken("IDMPAUTO"),
            Argument.block(
                    "idmp-block",
                    Argument.of("producer-id", Type.STRING),
                    Argument.of("idempotent-id", Type.STRING))
                .withToken("IDMP"))
        .asOptional();
  }

  /** For COMMAND DOCS. */
  static Argument delayDoc() {
    return Argument.oneOf(
            "visible",
            Argument.of("milliseconds", Type.INTEGER).withToken("DELAY"),
            Argument.of("unix-time-milliseconds", Type.UNIX_TIME).withToken("AT"))
        .asOptional();
  }

  private void parse() {
    Request request = call.request();
    for (int i = 2; i < request.count(); i++) {
      if (request.is(i, "*")) {
        endAt(i);
        return;
      }
      int taken = take(i);
      if (taken < 0) {
        id = IdArgument.ofNew(request, i);
        endAt(i);
        return;
      }
      i = taken;
    }
    trimming.trim(limits);
    throw CommandException.wrongNumberOfArguments("xadd");
  }

  /** Takes the option at argument {@code i}; returns the place of its last argument, or -1. */
  private int take(int i) {
    Request request = call.request();
    int more = request.count() - i - 1;
    if (request.is(i, "NOMKSTREAM")) {
      noMakeStream = true;
      return i;
    } else if (more >= 2 && request.is(i, "IDMP")) {
      takeProducer(i, "IDMP");
      if (request.length(i + 2) == 0) {
        throw new CommandException("ERR IDMP requires a non-empty idempotent ID");
      }
      ownIdArgument = i + 2;
      return i + 2;
    } else if (more >= 1 && request.is(i, "IDMPAUTO")) {
      takeProducer(i, "IDMPAUTO");
      return i + 1;
    } else if (more >= 1 && request.is(i, "DELAY")) {
      takeTime(i + 1, "DELAY", call.nowMillis());
      return i + 1;
    } else if (more >= 1 && request.is(i, "AT")) {
      takeTime(i + 1, "AT", 0);
      return i + 1;
    }
    return trimming.take(i);
  }

  private void takeProducer(int i, String option) {
    if (producerArgument != NONE) {
      throw new CommandException("ERR IDMP/IDMPAUTO specified multiple times");
    }
    if (call.request().length(i + 1) == 0) {
      throw new CommandException("ERR " + option + " requires a non-empty producer ID");
    }
    producerArgument = i + 1;
  }

  private void takeTime(int i, String option, long since) {
    if (dueMillis != NOT_DELAYED) {
      throw new CommandException("ERR DELAY/AT specified multiple times");
    }
    long millis = call.longArgument(i);
    if (millis < 0 || since + millis < 0) {
      throw new CommandException("ERR " + option + " is out of range");
    }
    dueMillis = since + millis;
  }

  /** The id stands there, and what is behind it are fields and values. */
  private void endAt(int i) {
    idArgument = i;
    trim = trimming.trim(limits);
    if (producerArgument != NONE && id != null) {
      throw new CommandException("ERR IDMP/IDMPAUTO can be used only with auto-generated IDs");
    }
    if (dueMillis != NOT_DELAYED && id != null) {
      if (!id.isComplete() || id.id().ms() != dueMillis) {
        throw new CommandException("ERR The ID of a delayed entry must begin with its due time");
      }
    }
  }

  boolean noMakeStream() {
    return noMakeStream;
  }

  @Nullable Trim trim() {
    return trim;
  }

  /** Null for an automatic one. */
  IdArgument.@Nullable NewId id() {
    return id;
  }

  /** From when on the entry is visible, in wall-clock milliseconds, or {@link #NOT_DELAYED}. */
  long dueMillis() {
    return dueMillis;
  }

  int firstField() {
    return idArgument + 1;
  }

  /** The name of the producer that adds; null if it says none. */
  byte @Nullable [] producer() {
    return producerArgument == NONE ? null : call.request().bytes(producerArgument);
  }

  /** The producer's own id of the entry: as it says, or of the entry's content. */
  byte[] ownId() {
    return ownIdArgument == NONE
        ? ContentId.of(call.request(), firstField())
        : call.request().bytes(ownIdArgument);
  }
}
