package io.slotcast.broker.command.stream;

import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandDoc.Type;
import io.slotcast.broker.command.CommandException;
import io.slotcast.broker.keyspace.stream.NodeLimits;
import io.slotcast.broker.keyspace.stream.References;
import io.slotcast.broker.keyspace.stream.StreamId;
import io.slotcast.broker.keyspace.stream.Trim;
import io.slotcast.broker.resp.Request;
import org.jspecify.annotations.Nullable;

/**
 * {@code MAXLEN | MINID [= | ~] threshold [LIMIT count]} and {@code KEEPREF | DELREF | ACKED} of
 * XADD and XTRIM.
 */
final class TrimOptions {
  private final Call call;
  private boolean given;
  private boolean approximate;
  private long maxLength;
  private @Nullable StreamId minId;
  private boolean limitGiven;
  private long limit;
  private @Nullable References references;

  TrimOptions(Call call) {
    this.call = call;
  }

  /** For COMMAND DOCS. */
  static Argument doc() {
    return Argument.block(
        "trim",
        Argument.oneOf("strategy", Argument.token("maxlen"), Argument.token("minid")),
        Argument.oneOf(
                "operator",
                Argument.of("equal", Type.PURE_TOKEN).withToken("="),
                Argument.of("approximately", Type.PURE_TOKEN).withToken("~"))
            .asOptional(),
        Argument.of("threshold", Type.STRING),
        Argument.of("count", Type.INTEGER).withToken("LIMIT").asOptional());
  }

  /**
   * Takes the option at argument {@code i}, if it is one of these.
   *
   * @return the place of its last argument, or -1 if it is none of these
   */
  int take(int i) {
    Request request = call.request();
    References said = ReferencesArgument.at(request, i);
    if (said != null) {
      if (references != null) {
        throw CommandException.syntax();
      }
      references = said;
      return i;
    }
    boolean hasMore = i + 1 < request.count();
    if (!hasMore) {
      return -1;
    } else if (request.is(i, "MAXLEN")) {
      int at = takeOperator(i);
      maxLength = call.longArgument(at);
      if (maxLength < 0) {
        throw new CommandException("ERR The MAXLEN argument must be >= 0.");
      }
      return at;
    } else if (request.is(i, "MINID")) {
      int at = takeOperator(i);
      minId = IdArgument.of(request, at);
      return at;
    } else if (request.is(i, "LIMIT")) {
      limit = call.longArgument(i + 1);
      limitGiven = true;
      if (limit < 0) {
        throw new CommandException("ERR The LIMIT argument must be >= 0.");
      }
      return i + 1;
    }
    return -1;
  }

  /** Returns where the threshold stands. */
  private int takeOperator(int i) {
    Request request = call.request();
    if (given) {
      throw new CommandException(
          "ERR syntax error, MAXLEN and MINID options at the same time are not compatible");
    }
    given = true;
    boolean hasThreshold = i + 2 < request.count();
    approximate = hasThreshold && request.is(i + 1, "~");
    return approximate || (hasThreshold && request.is(i + 1, "=")) ? i + 2 : i + 1;
  }

  /**
   * What was asked for.
   *
   * @throws CommandException if LIMIT was given without what it belongs to, or nothing was
   */
  Trim required(NodeLimits limits) {
    Trim trim = given || limit > 0 ? trim(limits) : null;
    if (trim == null) {
      throw new CommandException("ERR syntax error, XTRIM must be called with a trimming strategy");
    }
    return trim;
  }

  /** As {@link #required}; null for no trimming. */
  @Nullable Trim trim(NodeLimits limits) {
    if (!given && limit > 0) {
      throw new CommandException(
          "ERR syntax error, LIMIT cannot be used without specifying a trimming strategy");
    }
    if (limitGiven && !approximate) {
      throw new CommandException(
          "ERR syntax error, LIMIT cannot be used without the special ~ option");
    }
    if (!given) {
      return null;
    }
    long work = approximate && !limitGiven ? limits.trimWork() : limit;
    References kept = references == null ? References.KEEPREF : references;
    return minId == null
        ? new Trim.MaxLength(maxLength, approximate, work, kept)
        : new Trim.MinId(minId, approximate, work, kept);
  }
}
