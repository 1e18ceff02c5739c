package io.slotcast.broker.command.stream;

import io.slotcast.broker.command.Call;
import io.slotcast.broker.keyspace.stream.Consumer;
import io.slotcast.broker.keyspace.stream.ConsumerGroup;
import io.slotcast.broker.keyspace.stream.NodeLimits;
import io.slotcast.broker.keyspace.stream.PendingEntry;
import io.slotcast.broker.keyspace.stream.StreamValue;
import java.util.ArrayList;
import java.util.List;

/**
 * What XREADGROUP does with one of its streams: planned first, since a reply begins with counts.
 */
abstract sealed class GroupRead permits FreshRead, HistoryRead {
  final Call call;
  final ReadOptions options;
  final int key;
  final StreamValue stream;
  final ConsumerGroup group;
  final GroupEffects effects;
  final DeadLetterMoves deadLetters;

  /** Entries that are moved instead of being delivered. */
  final List<PendingEntry> dead = new ArrayList<>();

  /**
   * @param key the argument with the stream's key
   */
  GroupRead(
      Call call,
      ReadOptions options,
      int key,
      StreamValue stream,
      ConsumerGroup group,
      NodeLimits limits) {
    this.call = call;
    this.options = options;
    this.key = key;
    this.stream = stream;
    this.group = group;
    this.effects = new GroupEffects(call, key, group);
    this.deadLetters = new DeadLetterMoves(call, key, stream, group, effects, limits);
  }

  /** Whether it gives what is new in that stream: the same is not given a second time. */
  final boolean isFreshOf(StreamValue other) {
    return this instanceof FreshRead && stream == other;
  }

  /** Chooses what is replied, within the budget; returns whether the stream is in the reply. */
  abstract boolean plan(ReadBudget budget);

  /** Replies what was planned, for a consumer who is made if need be. */
  final void serve() {
    byte[] name = call.request().bytes(options.groupArgument() + 1);
    Consumer consumer = group.consumer(name);
    if (consumer == null) {
      consumer = group.createConsumer(name, call.nowMillis());
      effects.consumerCreated(consumer);
    } else {
      consumer.seen(call.nowMillis());
    }
    dead.forEach(deadLetters::move);
    Read.key(call, key);
    reply(consumer);
    call.changed(key);
  }

  abstract void reply(Consumer consumer);

  /** Sees to it that a client who waits is asked again when time alone makes entries claimable. */
  abstract void wakeWhenClaimable();
}
