package io.slotcast.broker.command.stream;

import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.CommandException;
import io.slotcast.broker.keyspace.stream.PendingEntry;
import io.slotcast.broker.keyspace.stream.StreamId;
import io.slotcast.broker.resp.Request;
import java.util.ArrayList;
import java.util.List;

/** The ids and options of XCLAIM, from the least idle time in argument 4 on. */
final class ClaimOptions {
  private static final long NOT_GIVEN = -1;

  private final Call call;
  private final List<StreamId> ids = new ArrayList<>();
  private long minIdleMillis;
  private long deliveredMillis = NOT_GIVEN;
  private long retryCount = NOT_GIVEN;
  private boolean force;
  private boolean justId;
  private StreamId lastId = StreamId.MIN;

  private ClaimOptions(Call call) {
    this.call = call;
  }

  static ClaimOptions parse(Call call) {
    ClaimOptions options = new ClaimOptions(call);
    options.minIdleMillis = Math.max(options.number(4, "min-idle-time"), 0);
    int i = options.takeIds();
    while (i < call.request().count()) {
      i = options.take(i) + 1;
    }
    long now = call.nowMillis();
    long given = options.deliveredMillis;
    options.deliveredMillis = given < 0 || given > now ? now : given;
    return options;
  }

  /** The ids end where an argument is none; returns where that is. */
  private int takeIds() {
    Request request = call.request();
    int i = 5;
    while (i < request.count()) {
      try {
        ids.add(IdArgument.of(request, i));
      } catch (CommandException isOption) {
        return i;
      }
      i++;
    }
    return i;
  }

  /** Takes the option at argument {@code i}; returns the place of its last argument. */
  private int take(int i) {
    Request request = call.request();
    boolean hasMore = i + 1 < request.count();
    if (request.is(i, "FORCE")) {
      force = true;
      return i;
    } else if (request.is(i, "JUSTID")) {
      justId = true;
      return i;
    } else if (hasMore && request.is(i, "IDLE")) {
      deliveredMillis = call.nowMillis() - number(i + 1, "IDLE option");
    } else if (hasMore && request.is(i, "TIME")) {
      deliveredMillis = number(i + 1, "TIME option");
    } else if (hasMore && request.is(i, "RETRYCOUNT")) {
      retryCount = number(i + 1, "RETRYCOUNT option");
    } else if (hasMore && request.is(i, "LASTID")) {
      lastId = IdArgument.of(request, i + 1);
    } else {
      throw new CommandException("ERR Unrecognized XCLAIM option '" + request.text(i) + "'");
    }
    return i + 1;
  }

  private long number(int i, String what) {
    if (!call.request().isLong(i)) {
      throw new CommandException("ERR Invalid " + what + " argument for XCLAIM");
    }
    return call.request().toLong(i);
  }

  List<StreamId> ids() {
    return ids;
  }

  long minIdleMillis() {
    return minIdleMillis;
  }

  /** When the entries count as delivered: now unless IDLE or TIME says a time that is past. */
  long deliveredMillis() {
    return deliveredMillis;
  }

  /** Whether what is claimed counts as delivered once more: not if it is said how often it was. */
  boolean isDelivery() {
    return !justId && retryCount < 0;
  }

  /** How often a pending entry counts as delivered from now on. */
  long deliveries(PendingEntry pending) {
    if (retryCount >= 0) {
      return retryCount;
    }
    return justId ? pending.deliveries() : pending.nextDeliveries();
  }

  /** As {@link #deliveries}, of an entry that was not pending. */
  long firstDeliveries() {
    if (retryCount >= 0) {
      return retryCount;
    }
    return justId ? 1 : 2;
  }

  boolean force() {
    return force;
  }

  boolean justId() {
    return justId;
  }

  /** What the group's last id is raised to; 0-0 if it is not. */
  StreamId lastId() {
    return lastId;
  }
}
