package io.slotcast.broker.command.stream;

import io.slotcast.broker.command.Call;
import io.slotcast.broker.keyspace.stream.Consumer;
import io.slotcast.broker.keyspace.stream.ConsumerGroup;
import io.slotcast.broker.keyspace.stream.NodeLimits;
import io.slotcast.broker.keyspace.stream.PendingEntry;
import io.slotcast.broker.keyspace.stream.StreamCursor;
import io.slotcast.broker.keyspace.stream.StreamId;
import io.slotcast.broker.keyspace.stream.StreamValue;
import io.slotcast.broker.resp.RespWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A consumer is given once more what is pending with it behind an id. */
final class HistoryRead extends GroupRead {
  /** How many entries one command moves instead of giving them: it goes on next time. */
  private static final int MOST_DEAD = 1_000;

  private final StreamId behind;
  private final List<PendingEntry> entries = new ArrayList<>();

  HistoryRead(
      Call call,
      ReadOptions options,
      int key,
      StreamValue stream,
      ConsumerGroup group,
      StreamId behind,
      NodeLimits limits) {
    super(call, options, key, stream, group, limits);
    this.behind = behind;
  }

  /** The stream is in the reply even if nothing is pending. */
  @Override
  boolean plan(ReadBudget budget) {
    Consumer consumer = group.consumer(call.request().bytes(options.groupArgument() + 1));
    if (consumer == null) {
      return true;
    }
    @Nullable PendingEntry next = consumer.pending().after(behind);
    while (next != null && entries.size() < options.count() && dead.size() < MOST_DEAD) {
      StreamCursor cursor = stream.range(next.id(), next.id());
      boolean isThere = cursor.next();
      if (isThere && deadLetters.isDue(next)) {
        dead.add(next);
      } else if (isThere ? budget.take(cursor) : !budget.isSpent()) {
        entries.add(next);
      } else {
        break;
      }
      next = consumer.pending().after(next.id());
    }
    return true;
  }

  @Override
  void reply(Consumer consumer) {
    RespWriter reply = call.reply();
    EntryReply entryReply = new EntryReply(reply);
    reply.array(entries.size());
    for (PendingEntry entry : entries) {
      StreamCursor cursor = stream.range(entry.id(), entry.id());
      if (cursor.next()) {
        entryReply.entry(cursor);
        group.deliver(entry, consumer, call.nowMillis(), entry.nextDeliveries());
        effects.deliveredOneByOne(List.of(entry));
      } else {
        reply.array(2);
        reply.bulk(entry.id().toBytes());
        reply.nilArray();
      }
    }
  }

  @Override
  void wakeWhenClaimable() {}
}
