package io.slotcast.broker.keyspace.rdb;

import io.slotcast.broker.keyspace.stream.Consumer;
import io.slotcast.broker.keyspace.stream.ConsumerGroup;
import io.slotcast.broker.keyspace.stream.GroupProgress;
import io.slotcast.broker.keyspace.stream.PendingEntry;
import io.slotcast.broker.keyspace.stream.StreamId;
import io.slotcast.broker.keyspace.stream.StreamValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Streams: their blocks as listpacks, what they know of themselves, and their consumer groups. A
 * group's pending entries come first with what is known of each, then each consumer's by id alone.
 */
final class StreamFormat {
  private static final int ID = 16;
  private static final int MILLIS = 8;

  private StreamFormat() {}

  // ---- Writing ----

  static void write(StreamValue stream, RdbWriter out) {
    out.type(RdbType.STREAM_LISTPACKS_2);
    out.length(stream.blocks());
    for (int i = 0; i < stream.blocks(); i++) {
      out.length(ID);
      rawId(stream.blockId(i), out);
      out.string(stream.blockListpack(i));
    }
    out.length(stream.length());
    id(stream.lastId(), out);
    id(stream.firstId(), out);
    id(stream.maxDeletedId(), out);
    out.length(stream.entriesAdded());
    out.length(stream.groups().size());
    for (ConsumerGroup group : stream.groups()) {
      write(group, out);
    }
  }

  private static void write(ConsumerGroup group, RdbWriter out) {
    out.string(group.name());
    id(group.lastDelivered(), out);
    out.length(group.entriesRead());
    out.length(group.pending().size());
    for (PendingEntry entry : group.pending().toList()) {
      rawId(entry.id(), out);
      out.unsigned(entry.deliveredMillis(), MILLIS);
      out.length(entry.deliveries());
    }
    List<Consumer> consumers = new ArrayList<>(group.consumers());
    List<PendingEntry> released = group.nobody().pending().toList();
    if (!released.isEmpty() && group.consumer(group.nobody().name()) == null) {
      consumers.add(group.nobody());
    }
    out.length(consumers.size());
    for (Consumer consumer : consumers) {
      out.string(consumer.name());
      out.unsigned(consumer.seenMillis(), MILLIS);
      write(consumer, consumer == group.nobody() ? List.of() : released, out);
    }
  }

  /**
   * The ids of what is pending with a consumer. What was released is, to Redis, pending with a
   * consumer whose name is empty: if there is one, it has it as well.
   */
  private static void write(Consumer consumer, List<PendingEntry> released, RdbWriter out) {
    List<PendingEntry> pending = consumer.pending().toList();
    if (consumer.name().length == 0) {
      pending.addAll(released);
      pending.sort(Comparator.comparing(PendingEntry::id));
    }
    out.length(pending.size());
    pending.forEach(entry -> rawId(entry.id(), out));
  }

  private static void id(StreamId id, RdbWriter out) {
    out.length(id.ms());
    out.length(id.seq());
  }

  /** The highest byte first, so that ids sort as bytes do. */
  private static void rawId(StreamId id, RdbWriter out) {
    out.unsigned(Long.reverseBytes(id.ms()), 8);
    out.unsigned(Long.reverseBytes(id.seq()), 8);
  }

  // ---- Reading ----

  static StreamValue read(RdbType type, RdbReader in) {
    StreamValue stream = new StreamValue();
    for (int left = in.count(2); left > 0; left--) {
      readBlock(stream, in);
    }
    boolean isOldest = type == RdbType.STREAM_LISTPACKS;
    if (in.length() != stream.length()) {
      throw new RdbException("a stream of another length");
    }
    StreamId lastId = id(in);
    if (lastId.isBefore(stream.lastId())) {
      throw new RdbException("an entry behind the last one");
    }
    if (isOldest) {
      stream.setIds(lastId, stream.length(), StreamId.MIN);
    } else {
      id(in); // the first id, which the entries tell
      StreamId maxDeleted = id(in);
      stream.setIds(lastId, in.length(), maxDeleted);
    }
    for (int left = in.count(5); left > 0; left--) {
      readGroup(stream, type, in);
    }
    return stream;
  }

  private static void readBlock(StreamValue stream, RdbReader in) {
    byte[] key = in.string();
    if (key.length != ID) {
      throw new RdbException("not a block's id");
    }
    StreamId first = rawId(new RdbReader(key, 0, ID));
    if (!stream.addBlock(first, in.string())) {
      throw new RdbException("not a block of a stream");
    }
  }

  private static void readGroup(StreamValue stream, RdbType type, RdbReader in) {
    byte[] name = in.string();
    StreamId lastDelivered = id(in);
    if (stream.group(name) != null) {
      throw new RdbException("a consumer group twice");
    }
    long entriesRead =
        type == RdbType.STREAM_LISTPACKS
            ? GroupProgress.entriesUpTo(stream, lastDelivered)
            : in.length();
    ConsumerGroup group = stream.createGroup(name, lastDelivered, entriesRead);
    Map<StreamId, Delivery> deliveries = readDeliveries(in);
    List<Owned> owned = new ArrayList<>(deliveries.size());
    for (int left = in.count(10); left > 0; left--) {
      readConsumer(group, deliveries, type, in, owned);
    }
    if (!deliveries.isEmpty()) {
      throw new RdbException("a pending entry that no consumer has");
    }
    // In the order of their delivery each finds its place at once.
    owned.sort(Comparator.comparingLong(each -> each.delivery().millis()));
    for (Owned each : owned) {
      Delivery delivery = each.delivery();
      group.addPending(each.id(), each.consumer(), delivery.millis(), delivery.times());
    }
  }

  private record Delivery(long millis, long times) {}

  private record Owned(StreamId id, Consumer consumer, Delivery delivery) {}

  private static Map<StreamId, Delivery> readDeliveries(RdbReader in) {
    Map<StreamId, Delivery> deliveries = new HashMap<>();
    for (int left = in.count(ID + MILLIS + 1); left > 0; left--) {
      StreamId id = rawId(in);
      if (deliveries.put(id, new Delivery(in.unsigned(MILLIS), in.length())) != null) {
        throw new RdbException("a pending entry twice");
      }
    }
    return deliveries;
  }

  private static void readConsumer(
      ConsumerGroup group,
      Map<StreamId, Delivery> deliveries,
      RdbType type,
      RdbReader in,
      List<Owned> owned) {
    byte[] name = in.string();
    long seenMillis = in.unsigned(MILLIS);
    // What is known where the format says nothing of it.
    long activeMillis = type == RdbType.STREAM_LISTPACKS_3 ? in.unsigned(MILLIS) : seenMillis;
    Consumer consumer = consumer(group, name, seenMillis, activeMillis);
    for (int left = in.count(ID); left > 0; left--) {
      StreamId id = rawId(in);
      Delivery delivery = deliveries.remove(id);
      if (delivery == null) {
        throw new RdbException("an entry pending with a consumer, not with the group");
      }
      owned.add(new Owned(id, consumer, delivery));
    }
  }

  private static Consumer consumer(
      ConsumerGroup group, byte[] name, long seenMillis, long activeMillis) {
    if (name.length == 0 && seenMillis == group.nobody().seenMillis()) {
      return group.nobody();
    }
    if (group.consumer(name) != null) {
      throw new RdbException("a consumer twice");
    }
    Consumer consumer = group.createConsumer(name, seenMillis);
    consumer.active(activeMillis);
    return consumer;
  }

  private static StreamId id(RdbReader in) {
    return new StreamId(in.length(), in.length());
  }

  private static StreamId rawId(RdbReader in) {
    return new StreamId(Long.reverseBytes(in.unsigned(8)), Long.reverseBytes(in.unsigned(8)));
  }
}
