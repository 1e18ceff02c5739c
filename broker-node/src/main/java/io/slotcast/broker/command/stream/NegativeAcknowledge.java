package io.slotcast.broker.command.stream;

import static io.slotcast.broker.command.CommandFlag.FAST;
import static io.slotcast.broker.command.CommandFlag.WRITE;

import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandDoc.Type;
import io.slotcast.broker.command.CommandException;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.command.KeySpec;
import io.slotcast.broker.keyspace.stream.ConsumerGroup;
import io.slotcast.broker.keyspace.stream.PendingEntry;
import io.slotcast.broker.keyspace.stream.StreamId;
import io.slotcast.broker.keyspace.stream.StreamValue;
import io.slotcast.broker.resp.Request;

/**
 * XNACK key group SILENT | FAIL | FATAL IDS numids id [id …] [RETRYCOUNT count] [FORCE]: pending
 * entries go back to the group, which gives them to the next consumer that claims; replies how
 * many. FORCE makes entries pending that are not. As of Redis 8.8.
 */
final class NegativeAcknowledge implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("xnack", -7)
          .flags(WRITE, FAST)
          .categories(AclCategory.STREAM)
          .keys(KeySpec.one(1, KeySpec.Flag.RW, KeySpec.Flag.UPDATE))
          .doc("stream", "8.8.0", "Gives pending entries back to their group.")
          .complexity("O(log N) for each entry where N is how many are pending.")
          .arguments(
              Argument.key("key", 0),
              Argument.of("group", Type.STRING),
              Argument.oneOf(
                  "mode",
                  Argument.token("silent"),
                  Argument.token("fail"),
                  Argument.token("fatal")),
              IdList.doc(),
              Argument.of("count", Type.INTEGER).withToken("RETRYCOUNT").asOptional(),
              Argument.token("force").asOptional())
          .build();

  private static final long NOT_GIVEN = -1;
  private static final StreamId[] NO_IDS = {};

  /** What was wrong, which tells how often the entries count as delivered from now on. */
  private enum Mode {
    /** Nothing to do with the entry: as if it had not been delivered. */
    SILENT,
    /** Perhaps the entry: its delivery counts. */
    FAIL,
    /** The entry: no delivery is going to succeed. */
    FATAL;

    long deliveries(long before) {
      return switch (this) {
        case SILENT -> Math.max(before - 1, 0);
        case FAIL -> before;
        case FATAL -> Long.MAX_VALUE;
      };
    }
  }

  private static final class Options {
    StreamId[] ids = NO_IDS;
    long retryCount = NOT_GIVEN;
    boolean force;
  }

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    StreamValue stream = call.findKey(1, StreamValue.class);
    ConsumerGroup group = GroupArgument.find(call, stream, 2);
    if (stream == null || group == null) {
      throw GroupArgument.noKeyOrGroup(call);
    }
    Mode mode = mode(call.request());
    Options options = options(call);
    long released = 0;
    for (StreamId id : options.ids) {
      PendingEntry pending = group.pending().find(id);
      if (pending != null) {
        group.release(pending, deliveries(mode, options, pending.deliveries()));
        released++;
      } else if (options.force && stream.contains(id)) {
        group.addPending(id, group.nobody(), 0, deliveries(mode, options, 0));
        released++;
      }
    }
    if (released > 0) {
      call.changed(1);
    }
    call.reply().integer(released);
  }

  private static long deliveries(Mode mode, Options options, long before) {
    return options.retryCount == NOT_GIVEN ? mode.deliveries(before) : options.retryCount;
  }

  private static Mode mode(Request request) {
    for (Mode mode : Mode.values()) {
      if (request.is(3, mode.name())) {
        return mode;
      }
    }
    throw new CommandException("ERR mode must be SILENT, FAIL, or FATAL");
  }

  private static Options options(Call call) {
    Request request = call.request();
    Options options = new Options();
    for (int i = 4; i < request.count(); i++) {
      boolean hasMore = i + 1 < request.count();
      if (request.is(i, "FORCE")) {
        options.force = true;
      } else if (hasMore && request.is(i, "RETRYCOUNT")) {
        options.retryCount = retryCount(call, ++i);
      } else if (hasMore && options.ids.length == 0 && request.is(i, "IDS")) {
        options.ids = ids(request, i + 1);
        i += 1 + options.ids.length;
      } else {
        throw new CommandException("ERR Unrecognized XNACK option '" + request.text(i) + "'");
      }
    }
    if (options.ids.length == 0) {
      throw new CommandException("ERR syntax error, expected IDS keyword");
    }
    return options;
  }

  private static long retryCount(Call call, int i) {
    long count = call.longArgument(i);
    if (count < 0) {
      throw new CommandException("ERR Invalid RETRYCOUNT value, must be >= 0");
    }
    return count;
  }

  /** As many ids as argument {@code i} says, behind it. */
  private static StreamId[] ids(Request request, int i) {
    if (!request.isLong(i) || request.toLong(i) <= 0) {
      throw new CommandException("ERR numids must be a positive integer");
    }
    if (request.toLong(i) > request.count() - i - 1L) {
      throw new CommandException("ERR number of IDs doesn't match numids");
    }
    StreamId[] ids = new StreamId[(int) request.toLong(i)];
    for (int j = 0; j < ids.length; j++) {
      ids[j] = IdArgument.of(request, i + 1 + j);
    }
    return ids;
  }
}
