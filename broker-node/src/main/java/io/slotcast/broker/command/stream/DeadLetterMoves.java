package io.slotcast.broker.command.stream;

import io.slotcast.broker.command.Call;
import io.slotcast.broker.effect.Words;
import io.slotcast.broker.keyspace.KeyEvent;
import io.slotcast.broker.keyspace.Value;
import io.slotcast.broker.keyspace.stream.ConsumerGroup;
import io.slotcast.broker.keyspace.stream.DeadLetters;
import io.slotcast.broker.keyspace.stream.ElementSink;
import io.slotcast.broker.keyspace.stream.NodeLimits;
import io.slotcast.broker.keyspace.stream.PendingEntry;
import io.slotcast.broker.keyspace.stream.StreamCursor;
import io.slotcast.broker.keyspace.stream.StreamId;
import io.slotcast.broker.keyspace.stream.StreamValue;
import io.slotcast.broker.resp.Request;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Moves entries that a group has delivered as often as it may to its dead-letter stream, in place
 * of one more delivery: a copy with its origin is added there, and the entry is acknowledged here.
 * It stays in its stream, for other groups may need it.
 *
 * <p>Where that cannot be, since the other key holds something else or its ids are used up, entries
 * are delivered as without dead letters: none is lost or stuck.
 */
final class DeadLetterMoves {
  private static final byte[] XADD = Words.of("XADD");
  private static final byte[] ORIGIN_STREAM = Words.of("origin-stream");
  private static final byte[] ORIGIN_GROUP = Words.of("origin-group");
  private static final byte[] ORIGIN_ID = Words.of("origin-id");
  private static final byte[] ORIGIN_CONSUMER = Words.of("origin-consumer");
  private static final byte[] DELIVERIES = Words.of("deliveries");

  /** The key and the id are before the fields. */
  private static final int FIRST_FIELD = 3;

  private final Call call;
  private final int keyArgument;
  private final StreamValue stream;
  private final ConsumerGroup group;
  private final GroupEffects effects;
  private final NodeLimits limits;

  /**
   * @param keyArgument where the key of the stream stands
   */
  DeadLetterMoves(
      Call call,
      int keyArgument,
      StreamValue stream,
      ConsumerGroup group,
      GroupEffects effects,
      NodeLimits limits) {
    this.call = call;
    this.keyArgument = keyArgument;
    this.stream = stream;
    this.group = group;
    this.effects = effects;
    this.limits = limits;
  }

  /** Whether an entry that the stream has is to be moved instead of being delivered again. */
  boolean isDue(PendingEntry entry) {
    DeadLetters letters = group.deadLetters();
    return letters != null && entry.deliveries() >= letters.maxDeliveries() && isOpen(letters);
  }

  private boolean isOpen(DeadLetters letters) {
    Value found = find(letters);
    return found == null
        || (found instanceof StreamValue target
            && target != stream
            && !target.lastId().equals(StreamId.MAX));
  }

  private @Nullable Value find(DeadLetters letters) {
    return call.keys().find(letters.key(), 0, letters.key().length, call.nowMillis());
  }

  /** Moves an entry for which {@link #isDue} says so, unless it is pending no more. */
  void move(PendingEntry entry) {
    DeadLetters letters = group.deadLetters();
    StreamCursor cursor = stream.range(entry.id(), entry.id());
    if (letters == null || group.pending().find(entry.id()) != entry || !cursor.next()) {
      return;
    }
    StreamValue target = target(letters);
    StreamId id = Add.automaticId(target, call.nowMillis());
    byte[][] words = words(letters, id, entry, cursor);
    target.append(id, Request.of(words), FIRST_FIELD, limits);
    call.keys().changed(letters.key(), 0, letters.key().length);
    call.keys().happened(KeyEvent.XADD, letters.key(), 0, letters.key().length);
    call.effect(words);
    group.removePending(entry);
    effects.removed(List.of(entry.id()));
  }

  private StreamValue target(DeadLetters letters) {
    if (find(letters) instanceof StreamValue target) {
      return target;
    }
    StreamValue created = new StreamValue();
    call.keys().put(letters.key(), 0, letters.key().length, created);
    return created;
  }

  private byte[][] words(
      DeadLetters letters, StreamId id, PendingEntry entry, StreamCursor cursor) {
    List<byte[]> words = new ArrayList<>();
    words.addAll(List.of(XADD, letters.key(), id.toBytes()));
    words.addAll(List.of(ORIGIN_STREAM, call.request().bytes(keyArgument)));
    words.addAll(List.of(ORIGIN_GROUP, group.name()));
    words.addAll(List.of(ORIGIN_ID, entry.id().toBytes()));
    words.addAll(List.of(ORIGIN_CONSUMER, entry.consumer().name()));
    words.addAll(List.of(DELIVERIES, Words.of(entry.deliveries())));
    cursor.read(
        new ElementSink() {
          @Override
          public void string(byte[] array, int offset, int length) {
            words.add(Arrays.copyOfRange(array, offset, offset + length));
          }

          @Override
          public void integer(long value) {
            words.add(Words.of(value));
          }
        });
    return words.toArray(byte[][]::new);
  }
}
