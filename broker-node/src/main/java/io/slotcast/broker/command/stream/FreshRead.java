package io.slotcast.broker.command.stream;

import io.slotcast.broker.command.Call;
import io.slotcast.broker.keyspace.stream.Consumer;
import io.slotcast.broker.keyspace.stream.ConsumerGroup;
import io.slotcast.broker.keyspace.stream.GroupProgress;
import io.slotcast.broker.keyspace.stream.NodeLimits;
import io.slotcast.broker.keyspace.stream.PendingEntry;
import io.slotcast.broker.keyspace.stream.StreamCursor;
import io.slotcast.broker.keyspace.stream.StreamId;
import io.slotcast.broker.keyspace.stream.StreamValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A consumer is given what no consumer of the group got yet, and with CLAIM, before that, what is
 * pending for long: what XNACK gave back first, then what was delivered the longest ago. Pending
 * entries that the stream has no more are pending no more, as with XCLAIM.
 */
final class FreshRead extends GroupRead {
  /** How many pending entries one command looks at that it does not give: it goes on next time. */
  private static final int MOST_NOT_GIVEN = 1_000;

  private final boolean claims;
  private final List<PendingEntry> claimed = new ArrayList<>();
  private final StreamId from;
  private long fresh;

  FreshRead(
      Call call,
      ReadOptions options,
      int key,
      StreamValue stream,
      ConsumerGroup group,
      NodeLimits limits) {
    super(call, options, key, stream, group, limits);
    this.claims = options.claimMinIdleMillis() != ReadOptions.NO_CLAIM;
    this.from =
        group.lastDelivered().equals(StreamId.MAX) ? StreamId.MAX : group.lastDelivered().next();
  }

  // ---- What is there ----

  @Override
  boolean plan(ReadBudget budget) {
    if (claims) {
      chooseClaimed(budget);
    }
    boolean anyNew = stream.length() > 0 && stream.lastEntryId().isAfter(group.lastDelivered());
    if (anyNew && !budget.isSpent()) {
      fresh = budget.take(stream, from, options.count() - claimed.size());
    }
    return fresh > 0 || !claimed.isEmpty() || !dead.isEmpty();
  }

  private void chooseClaimed(ReadBudget budget) {
    List<StreamId> gone = new ArrayList<>();
    @Nullable PendingEntry next = group.claimable(null);
    while (next != null
        && isIdle(next)
        && claimed.size() < options.count()
        && gone.size() + dead.size() < MOST_NOT_GIVEN) {
      PendingEntry entry = next;
      next = group.claimable(entry);
      StreamCursor cursor = stream.range(entry.id(), entry.id());
      if (!cursor.next()) {
        group.removePending(entry);
        gone.add(entry.id());
      } else if (deadLetters.isDue(entry)) {
        dead.add(entry);
      } else if (budget.take(cursor)) {
        claimed.add(entry);
      } else {
        break;
      }
    }
    if (!gone.isEmpty()) {
      effects.removed(gone);
      call.changed(key);
    }
  }

  private boolean isIdle(PendingEntry entry) {
    return group.isIdle(entry, options.claimMinIdleMillis(), call.nowMillis());
  }

  @Override
  void wakeWhenClaimable() {
    PendingEntry next = claims ? group.claimable(null) : null;
    if (next != null) {
      long millis = next.deliveredMillis() + options.claimMinIdleMillis();
      call.wakeKeyAt(key, millis < 0 ? Long.MAX_VALUE : millis);
    }
  }

  // ---- The reply ----

  @Override
  void reply(Consumer consumer) {
    EntryReply reply = new EntryReply(call.reply());
    call.reply().array(claimed.size() + fresh);
    claimed.forEach(entry -> claim(entry, consumer, reply));
    effects.deliveredOneByOne(claimed);
    if (fresh > 0) {
      read(consumer, reply);
    }
    consumer.active(call.nowMillis());
  }

  private void claim(PendingEntry entry, Consumer consumer, EntryReply reply) {
    StreamCursor cursor = stream.range(entry.id(), entry.id());
    if (!cursor.next()) {
      throw new IllegalStateException("entry " + entry.id() + " was there when it was chosen");
    }
    long idle = Pending.idleMillis(group, entry, call.nowMillis());
    reply.claimed(cursor, idle, entry.deliveries());
    group.deliver(entry, consumer, call.nowMillis(), entry.nextDeliveries());
  }

  private void read(Consumer consumer, EntryReply reply) {
    StreamCursor cursor = stream.range(from, StreamId.MAX);
    List<PendingEntry> delivered = new ArrayList<>((int) Math.min(fresh, 1024));
    for (long i = 0; i < fresh && cursor.next(); i++) {
      StreamId id = cursor.id();
      GroupProgress.read(stream, group, id);
      if (claims) {
        reply.claimed(cursor, 0, 0);
      } else {
        reply.entry(cursor);
      }
      if (!options.noAck()) {
        delivered.add(deliver(consumer, id));
      }
    }
    effects.delivered(delivered);
    effects.progressed();
  }

  /** The entry may be pending already where XGROUP SETID went back. */
  private PendingEntry deliver(Consumer consumer, StreamId id) {
    PendingEntry pending = group.pending().find(id);
    if (pending == null) {
      return group.addPending(id, consumer, call.nowMillis(), 1);
    }
    group.deliver(pending, consumer, call.nowMillis(), 1);
    return pending;
  }
}
