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
import io.slotcast.broker.keyspace.stream.NodeLimits;
import io.slotcast.broker.keyspace.stream.PendingEntry;
import io.slotcast.broker.keyspace.stream.StreamId;
import io.slotcast.broker.keyspace.stream.StreamValue;
import io.slotcast.broker.resp.Request;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * XAUTOCLAIM key group consumer min-idle-ms start [COUNT count] [JUSTID]: gives entries that are
 * pending for so long to a consumer; replies where to go on, the entries, and the ids of those that
 * were deleted from the stream and are pending no more.
 */
final class AutoClaim implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("xautoclaim", -6)
          .flags(WRITE, FAST)
          .categories(AclCategory.STREAM)
          .tips("nondeterministic_output")
          .keys(KeySpec.one(1, KeySpec.Flag.RW, KeySpec.Flag.DELETE))
          .doc("stream", "6.2.0", "Gives entries that are pending for long to another consumer.")
          .complexity("O(N) where N is the number of entries looked at.")
          .arguments(
              Argument.key("key", 0),
              Argument.of("group", Type.STRING),
              Argument.of("consumer", Type.STRING),
              Argument.of("min-idle-time", Type.STRING),
              Argument.of("start", Type.STRING),
              Argument.of("count", Type.INTEGER).withToken("COUNT").asOptional(),
              Argument.token("justid").asOptional())
          .build();

  private static final long USUAL_COUNT = 100;
  private static final long MAX_COUNT = Long.MAX_VALUE / 16;

  /** So many entries are looked at for each that may be claimed. */
  private static final long LOOKED_AT = 10;

  private final NodeLimits limits;

  AutoClaim(NodeLimits limits) {
    this.limits = limits;
  }

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  private record Options(long minIdleMillis, StreamId start, long count, boolean justId) {}

  @Override
  public void run(Call call) {
    Options options = options(call);
    StreamValue stream = call.findKey(1, StreamValue.class);
    ConsumerGroup group = GroupArgument.find(call, stream, 2);
    if (stream == null || group == null) {
      throw GroupArgument.noKeyOrGroup(call);
    }
    GroupEffects effects = new GroupEffects(call, 1, group);
    ClaimingConsumer consumer = new ClaimingConsumer(call, group, effects);
    DeadLetterMoves deadLetters = new DeadLetterMoves(call, 1, stream, group, effects, limits);
    boolean anyDead = false;
    List<PendingEntry> claimed = new ArrayList<>();
    List<StreamId> gone = new ArrayList<>();
    @Nullable PendingEntry next = group.pending().ceiling(options.start());
    long looks = options.count() * LOOKED_AT;
    while (next != null && looks-- > 0 && claimed.size() + gone.size() < options.count()) {
      StreamId id = next.id();
      if (!stream.contains(id)) {
        group.removePending(next);
        gone.add(id);
      } else if (!group.isIdle(next, options.minIdleMillis(), call.nowMillis())) {
        // Left to whom it is with.
      } else if (!options.justId() && deadLetters.isDue(next)) {
        deadLetters.move(next);
        anyDead = true;
      } else {
        long deliveries = options.justId() ? next.deliveries() : next.nextDeliveries();
        group.deliver(next, consumer.get(), call.nowMillis(), deliveries);
        claimed.add(next);
      }
      next = group.pending().after(id);
    }
    effects.removed(gone);
    effects.deliveredOneByOne(claimed);
    if (anyDead || !claimed.isEmpty() || !gone.isEmpty()) {
      call.changed(1);
    }
    call.reply().array(3);
    call.reply().bulk((next == null ? StreamId.MIN : next.id()).toBytes());
    ClaimingConsumer.reply(call.reply(), stream, claimed, options.justId());
    call.reply().array(gone.size());
    gone.forEach(id -> call.reply().bulk(id.toBytes()));
  }

  private static Options options(Call call) {
    Request request = call.request();
    if (!request.isLong(4)) {
      throw new CommandException("ERR Invalid min-idle-time argument for XAUTOCLAIM");
    }
    StreamId start = IdArgument.start(request, 5);
    long count = USUAL_COUNT;
    boolean justId = false;
    for (int i = 6; i < request.count(); i++) {
      if (i + 1 < request.count() && request.is(i, "COUNT")) {
        count = count(request, ++i);
      } else if (request.is(i, "JUSTID")) {
        justId = true;
      } else {
        throw CommandException.syntax();
      }
    }
    return new Options(Math.max(request.toLong(4), 0), start, count, justId);
  }

  private static long count(Request request, int i) {
    long count = request.isLong(i) ? request.toLong(i) : 0;
    if (count < 1 || count > MAX_COUNT) {
      throw new CommandException("ERR COUNT must be > 0");
    }
    return count;
  }
}
