package io.slotcast.broker.command.stream;

import io.slotcast.broker.command.Call;
import io.slotcast.broker.keyspace.stream.Consumer;
import io.slotcast.broker.keyspace.stream.ConsumerGroup;
import io.slotcast.broker.keyspace.stream.PendingEntry;
import io.slotcast.broker.keyspace.stream.StreamCursor;
import io.slotcast.broker.keyspace.stream.StreamId;
import io.slotcast.broker.keyspace.stream.StreamValue;
import io.slotcast.broker.resp.RespWriter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The consumer in argument 3 of XCLAIM and XAUTOCLAIM, who is made when the first entry is claimed.
 */
final class ClaimingConsumer {
  private final Call call;
  private final ConsumerGroup group;
  private final GroupEffects effects;
  private @Nullable Consumer consumer;

  ClaimingConsumer(Call call, ConsumerGroup group, GroupEffects effects) {
    this.call = call;
    this.group = group;
    this.effects = effects;
  }

  Consumer get() {
    Consumer known = consumer;
    if (known == null) {
      byte[] name = call.request().bytes(3);
      known = group.consumer(name);
      if (known == null) {
        known = group.createConsumer(name, call.nowMillis());
        effects.consumerCreated(known);
      }
      known.seen(call.nowMillis());
      known.active(call.nowMillis());
      consumer = known;
    }
    return known;
  }

  /** Entries that were claimed, all of which the stream has: whole, or their ids alone. */
  static void reply(
      RespWriter reply, StreamValue stream, List<PendingEntry> claimed, boolean justId) {
    EntryReply entries = new EntryReply(reply);
    reply.array(claimed.size());
    for (PendingEntry entry : claimed) {
      StreamId id = entry.id();
      if (justId) {
        reply.bulk(id.toBytes());
        continue;
      }
      StreamCursor cursor = stream.range(id, id);
      if (cursor.next()) {
        entries.entry(cursor);
      }
    }
  }
}
