package io.slotcast.broker.command.stream;

import io.slotcast.broker.keyspace.stream.Consumer;
import io.slotcast.broker.keyspace.stream.ConsumerGroup;
import io.slotcast.broker.keyspace.stream.DeadLetters;
import io.slotcast.broker.keyspace.stream.GroupProgress;
import io.slotcast.broker.keyspace.stream.PendingEntries;
import io.slotcast.broker.keyspace.stream.PendingEntry;
import io.slotcast.broker.keyspace.stream.Producers;
import io.slotcast.broker.keyspace.stream.StreamCursor;
import io.slotcast.broker.keyspace.stream.StreamId;
import io.slotcast.broker.keyspace.stream.StreamValue;
import io.slotcast.broker.resp.RespWriter;
import org.jspecify.annotations.Nullable;

/**
 * What XINFO STREAM replies: the fields of Redis 7.0, in its order, and those of later versions
 * where what they tell of is used.
 */
final class StreamReport {
  private final RespWriter reply;
  private final StreamValue stream;
  private final long nowMillis;

  StreamReport(RespWriter reply, StreamValue stream, long nowMillis) {
    this.reply = reply;
    this.stream = stream;
    this.nowMillis = nowMillis;
  }

  void brief() {
    reply.map(10 + laterFields());
    head();
    reply.bulk("groups");
    reply.integer(stream.groups().size());
    reply.bulk("first-entry");
    one(stream.range(StreamId.MIN, StreamId.MAX));
    reply.bulk("last-entry");
    one(stream.reverseRange(StreamId.MIN, StreamId.MAX));
  }

  /**
   * @param count how many entries, and pending entries of each group and consumer, are shown
   */
  void full(long count) {
    reply.map(9 + laterFields());
    head();
    reply.bulk("entries");
    EntryReply.range(reply, stream, StreamId.MIN, StreamId.MAX, count, false);
    reply.bulk("groups");
    reply.array(stream.groups().size());
    stream.groups().forEach(group -> group(group, count));
  }

  private void head() {
    number("length", stream.length());
    number("radix-tree-keys", stream.blocks());
    number("radix-tree-nodes", stream.radixNodes());
    id("last-generated-id", stream.lastId());
    id("max-deleted-entry-id", stream.maxDeletedId());
    number("entries-added", stream.entriesAdded());
    id("recorded-first-entry-id", stream.firstId());
    Producers producers = stream.producers();
    if (producers != null) {
      producers(producers);
    }
    if (stream.delayedEntries() > 0) {
      number("delayed-entries", stream.delayedEntries());
      number("next-due", stream.dueMillis());
    }
  }

  private int laterFields() {
    return (stream.producers() == null ? 0 : 6) + (stream.delayedEntries() == 0 ? 0 : 2);
  }

  /** As of Redis 8.6. */
  private void producers(Producers producers) {
    number("idmp-duration", producers.seconds());
    number("idmp-maxsize", producers.ids());
    number("pids-tracked", producers.producers(nowMillis));
    number("iids-tracked", producers.known(nowMillis));
    number("iids-added", producers.added());
    number("iids-duplicates", producers.duplicates());
  }

  private void number(String name, long value) {
    reply.bulk(name);
    reply.integer(value);
  }

  private void id(String name, StreamId id) {
    reply.bulk(name);
    reply.bulk(id.toBytes());
  }

  private void one(StreamCursor cursor) {
    if (cursor.next()) {
      new EntryReply(reply).entry(cursor);
    } else {
      reply.nil();
    }
  }

  /** last-delivered-id, entries-read and lag: three pairs. */
  static void progress(RespWriter reply, StreamValue stream, ConsumerGroup group) {
    reply.bulk("last-delivered-id");
    reply.bulk(group.lastDelivered().toBytes());
    reply.bulk("entries-read");
    boolean isKnown = group.entriesRead() != ConsumerGroup.UNKNOWN;
    orNil(reply, isKnown ? group.entriesRead() : null);
    reply.bulk("lag");
    orNil(reply, GroupProgress.lag(stream, group));
  }

  /** How many fields {@link #deadLetters} adds. */
  static int deadLetterFields(ConsumerGroup group) {
    return group.deadLetters() == null ? 0 : 2;
  }

  /** Where entries go that were delivered too often, of a group that says so. */
  static void deadLetters(RespWriter reply, ConsumerGroup group) {
    DeadLetters letters = group.deadLetters();
    if (letters != null) {
      reply.bulk("dead-letter-key");
      reply.bulk(letters.key());
      reply.bulk("max-deliveries");
      reply.integer(letters.maxDeliveries());
    }
  }

  private static void orNil(RespWriter reply, @Nullable Long value) {
    if (value == null) {
      reply.nil();
    } else {
      reply.integer(value);
    }
  }

  private void group(ConsumerGroup group, long count) {
    int released = group.nobody().pending().size();
    reply.map((released > 0 ? 8 : 7) + deadLetterFields(group));
    reply.bulk("name");
    reply.bulk(group.name());
    progress(reply, stream, group);
    number("pel-count", group.pending().size());
    if (released > 0) {
      number("nacked-count", released);
    }
    deadLetters(reply, group);
    reply.bulk("pending");
    pending(group.pending(), count, true);
    reply.bulk("consumers");
    reply.array(group.consumers().size());
    group.consumers().forEach(consumer -> consumer(consumer, count));
  }

  private void consumer(Consumer consumer, long count) {
    reply.map(4);
    reply.bulk("name");
    reply.bulk(consumer.name());
    number("seen-time", consumer.seenMillis());
    number("pel-count", consumer.pending().size());
    reply.bulk("pending");
    pending(consumer.pending(), count, false);
  }

  private void pending(PendingEntries pending, long count, boolean withConsumer) {
    long shown = Math.min(pending.size(), count);
    reply.array(shown);
    @Nullable PendingEntry entry = pending.first();
    for (long i = 0; i < shown && entry != null; i++) {
      reply.array(withConsumer ? 4 : 3);
      reply.bulk(entry.id().toBytes());
      if (withConsumer) {
        reply.bulk(entry.consumer().name());
      }
      reply.integer(entry.deliveredMillis());
      reply.integer(entry.deliveries());
      entry = pending.after(entry.id());
    }
  }
}
