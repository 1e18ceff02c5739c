package io.slotcast.broker.keyspace.rdb;

import io.slotcast.broker.effect.Words;
import io.slotcast.broker.keyspace.stream.Consumer;
import io.slotcast.broker.keyspace.stream.ConsumerGroup;
import io.slotcast.broker.keyspace.stream.DeadLetters;
import io.slotcast.broker.keyspace.stream.NodeLimits;
import io.slotcast.broker.keyspace.stream.PendingEntry;
import io.slotcast.broker.keyspace.stream.Producers;
import io.slotcast.broker.keyspace.stream.StreamId;
import io.slotcast.broker.keyspace.stream.StreamValue;
import io.slotcast.broker.resp.Request;
import java.util.ArrayList;
import java.util.List;

/**
 * What a stream knows that the layout of Redis 7.0 cannot say: delayed entries, what producers have
 * added, where groups send dead letters, the order in which pending entries were released, and when
 * consumers last got something. It is written as an auxiliary field before the key, which Redis
 * skips.
 *
 * <p>The content is 0, at which {@code redis-check-rdb} ends when it prints the field; a version;
 * and then four parts in the form of RDB lengths and strings: the delayed entries, each with its id
 * and its elements; the producers' settings, counts and ids; of each group of which there is
 * something to say its name, dead letters, released entries and consumers.
 */
final class StreamExtras {
  /** The name of the field. */
  static final byte[] NAME = Words.of("slotcast-stream");

  private static final int VERSION = 1;

  private StreamExtras() {}

  // ---- Writing ----

  /** Writes the field, if there is anything to say. */
  static void write(StreamValue stream, RdbWriter out) {
    List<ConsumerGroup> groups = stream.groups().stream().filter(StreamExtras::isSpecial).toList();
    Producers producers = stream.producers();
    if (stream.delayedEntries() == 0 && producers == null && groups.isEmpty()) {
      return;
    }
    RdbWriter content = new RdbWriter(false);
    content.unsigned(0, 1);
    content.unsigned(VERSION, 1);
    content.length(stream.delayedEntries());
    stream.forEachDelayed((id, elements) -> writeDelayed(id, elements, content));
    content.length(producers == null ? 0 : 1);
    if (producers != null) {
      write(producers, content);
    }
    content.length(groups.size());
    groups.forEach(group -> write(group, content));
    out.unsigned(RdbOpcode.AUX, 1);
    out.string(NAME);
    out.string(content.toArray());
  }

  private static void writeDelayed(StreamId id, Request elements, RdbWriter out) {
    write(id, out);
    out.length(elements.count());
    for (int i = 0; i < elements.count(); i++) {
      out.string(elements.array(), elements.offset(i), elements.length(i));
    }
  }

  private static void write(Producers producers, RdbWriter out) {
    out.length(producers.seconds());
    out.length(producers.ids());
    out.length(producers.added());
    out.length(producers.duplicates());
    out.length(producers.size());
    for (byte[] name : producers.names()) {
      out.string(name);
      List<byte[]> ids = new ArrayList<>();
      List<StreamId> entries = new ArrayList<>();
      producers.forEach(
          name,
          (id, entry) -> {
            ids.add(id);
            entries.add(entry);
          });
      out.length(ids.size());
      for (int i = 0; i < ids.size(); i++) {
        out.string(ids.get(i));
        write(entries.get(i), out);
      }
    }
  }

  private static boolean isSpecial(ConsumerGroup group) {
    return group.deadLetters() != null
        || !group.nobody().pending().isEmpty()
        || group.consumers().stream().anyMatch(each -> each.activeMillis() != each.seenMillis());
  }

  private static void write(ConsumerGroup group, RdbWriter out) {
    out.string(group.name());
    DeadLetters letters = group.deadLetters();
    out.length(letters == null ? 0 : 1);
    if (letters != null) {
      out.string(letters.key());
      out.length(letters.maxDeliveries());
    }
    out.length(group.nobody().pending().size());
    PendingEntry entry = group.claimable(null);
    while (entry != null && group.isReleased(entry)) {
      write(entry.id(), out);
      entry = group.claimable(entry);
    }
    out.length(group.consumers().size());
    for (Consumer consumer : group.consumers()) {
      out.string(consumer.name());
      // Never is -1.
      out.length(consumer.activeMillis() + 1);
    }
  }

  private static void write(StreamId id, RdbWriter out) {
    out.length(id.ms());
    out.length(id.seq());
  }

  // ---- Reading ----

  /**
   * Has a stream that was just read know the rest.
   *
   * @throws RdbException if the content is not of this stream
   */
  static void read(StreamValue stream, byte[] content, NodeLimits limits) {
    RdbReader in = new RdbReader(content, 0, content.length);
    if (in.unsigned(1) != 0 || in.unsigned(1) != VERSION) {
      throw new RdbException("what is said of the stream is of another version");
    }
    for (int left = in.count(3); left > 0; left--) {
      readDelayed(stream, in, limits);
    }
    if (in.length() != 0) {
      readProducers(stream.makeProducers(), in);
    }
    for (int left = in.count(4); left > 0; left--) {
      readGroup(stream, in);
    }
  }

  private static void readDelayed(StreamValue stream, RdbReader in, NodeLimits limits) {
    StreamId id = id(in);
    byte[][] elements = new byte[in.positiveCount(1)][];
    for (int i = 0; i < elements.length; i++) {
      elements[i] = in.string();
    }
    stream.delay(id.ms(), id, Request.of(elements), limits);
  }

  private static void readProducers(Producers producers, RdbReader in) {
    producers.configure(in.length(), in.length());
    producers.restoreCounts(in.length(), in.length());
    for (int left = in.count(2); left > 0; left--) {
      byte[] name = in.string();
      for (int ids = in.count(3); ids > 0; ids--) {
        producers.restore(name, in.string(), id(in));
      }
    }
  }

  private static void readGroup(StreamValue stream, RdbReader in) {
    ConsumerGroup group = stream.group(in.string());
    if (group == null) {
      throw new RdbException("something is said of a group that the stream does not have");
    }
    if (in.length() != 0) {
      group.deadLetters(new DeadLetters(in.string(), in.length()));
    }
    for (int left = in.count(2); left > 0; left--) {
      PendingEntry entry = group.pending().find(id(in));
      if (entry == null) {
        throw new RdbException("an entry was released that is not pending");
      }
      group.release(entry, entry.deliveries());
    }
    for (int left = in.count(2); left > 0; left--) {
      Consumer consumer = group.consumer(in.string());
      if (consumer == null) {
        throw new RdbException("something is said of a consumer that the group does not have");
      }
      consumer.active(in.length() - 1);
    }
  }

  private static StreamId id(RdbReader in) {
    return new StreamId(in.length(), in.length());
  }
}
