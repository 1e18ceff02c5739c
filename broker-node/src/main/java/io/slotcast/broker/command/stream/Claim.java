package io.slotcast.broker.command.stream;

import static io.slotcast.broker.command.CommandFlag.FAST;
import static io.slotcast.broker.command.CommandFlag.WRITE;

import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandDoc.Type;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.command.KeySpec;
import io.slotcast.broker.keyspace.stream.ConsumerGroup;
import io.slotcast.broker.keyspace.stream.NodeLimits;
import io.slotcast.broker.keyspace.stream.PendingEntry;
import io.slotcast.broker.keyspace.stream.StreamId;
import io.slotcast.broker.keyspace.stream.StreamValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * XCLAIM key group consumer min-idle-ms id [id …] [IDLE ms] [TIME unix-ms] [RETRYCOUNT count]
 * [FORCE] [JUSTID] [LASTID id]: gives pending entries to a consumer; replies those that it got.
 */
final class Claim implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("xclaim", -6)
          .flags(WRITE, FAST)
          .categories(AclCategory.STREAM)
          .tips("nondeterministic_output")
          .keys(KeySpec.one(1, KeySpec.Flag.RW, KeySpec.Flag.UPDATE))
          .doc("stream", "5.0.0", "Gives pending entries to another consumer.")
          .complexity("O(log N) for each entry where N is how many are pending.")
          .arguments(
              Argument.key("key", 0),
              Argument.of("group", Type.STRING),
              Argument.of("consumer", Type.STRING),
              Argument.of("min-idle-time", Type.STRING),
              Argument.of("id", Type.STRING).asMultiple(),
              Argument.of("ms", Type.INTEGER).withToken("IDLE").asOptional(),
              Argument.of("unix-time-milliseconds", Type.UNIX_TIME).withToken("TIME").asOptional(),
              Argument.of("count", Type.INTEGER).withToken("RETRYCOUNT").asOptional(),
              Argument.token("force").asOptional(),
              Argument.token("justid").asOptional(),
              Argument.of("id", Type.STRING).withToken("LASTID").asOptional())
          .build();

  private final NodeLimits limits;

  Claim(NodeLimits limits) {
    this.limits = limits;
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
    ClaimOptions options = ClaimOptions.parse(call);
    GroupEffects effects = new GroupEffects(call, 1, group);
    boolean changed = options.lastId().isAfter(group.lastDelivered());
    if (changed) {
      group.set(options.lastId(), group.entriesRead());
      effects.progressed();
    }
    ClaimingConsumer consumer = new ClaimingConsumer(call, group, effects);
    DeadLetterMoves deadLetters = new DeadLetterMoves(call, 1, stream, group, effects, limits);
    List<PendingEntry> claimed = new ArrayList<>();
    List<StreamId> gone = new ArrayList<>();
    for (StreamId id : options.ids()) {
      PendingEntry pending = group.pending().find(id);
      if (!stream.contains(id)) {
        if (pending != null) {
          group.removePending(pending);
          gone.add(id);
        }
        continue;
      }
      if (pending != null && isDead(call, group, options, pending, deadLetters)) {
        deadLetters.move(pending);
        changed = true;
        continue;
      }
      PendingEntry entry = claim(call, group, consumer, options, id, pending);
      if (entry != null) {
        claimed.add(entry);
      }
    }
    effects.removed(gone);
    effects.deliveredOneByOne(claimed);
    if (changed || !claimed.isEmpty() || !gone.isEmpty()) {
      call.changed(1);
    }
    ClaimingConsumer.reply(call.reply(), stream, claimed, options.justId());
  }

  /** Whether an entry that may be claimed is moved instead, for it would be delivered too often. */
  private static boolean isDead(
      Call call,
      ConsumerGroup group,
      ClaimOptions options,
      PendingEntry pending,
      DeadLetterMoves deadLetters) {
    return options.isDelivery()
        && group.isIdle(pending, options.minIdleMillis(), call.nowMillis())
        && deadLetters.isDue(pending);
  }

  /** Claims one entry that the stream has; null if it may not. */
  private static @Nullable PendingEntry claim(
      Call call,
      ConsumerGroup group,
      ClaimingConsumer consumer,
      ClaimOptions options,
      StreamId id,
      @Nullable PendingEntry pending) {
    if (pending == null && !options.force()) {
      return null;
    }
    if (pending == null) {
      return group.addPending(
          id, consumer.get(), options.deliveredMillis(), options.firstDeliveries());
    }
    if (!group.isIdle(pending, options.minIdleMillis(), call.nowMillis())) {
      return null;
    }
    group.deliver(pending, consumer.get(), options.deliveredMillis(), options.deliveries(pending));
    return pending;
  }
}
