package io.slotcast.broker.pubsub;

import io.slotcast.router.SlotSet;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Which shard messages this node remembers, for subscribers that have lost the node they were at
 * (ADR 0015): how long, up to how many bytes, and since when for which slots. Times are wall-clock
 * milliseconds. Safe from any thread.
 */
final class ShardMemory {
  /** No message is remembered. */
  static final long NOTHING = Long.MAX_VALUE;

  /** What all slots may hold together. Beyond that a slot forgets before it remembers more. */
  private static final long LIMIT = 64L << 20;

  /** How long a subscriber has to come back; 0: nothing is remembered. */
  private volatile long graceMillis;

  /** Whether each message is remembered for the grace, since a node may die beside this one. */
  private volatile boolean always;

  /** Replaced under {@code this}. */
  private volatile List<Handover> handovers = List.of();

  private final AtomicLong held = new AtomicLong();

  /**
   * Subscribers of some slots are about to come here.
   *
   * @param missedSince what was published then or later they may not have got
   * @param until who comes later is not one of them
   */
  private record Handover(SlotSet slots, long missedSince, long until) {
    Handover without(SlotSet gone) {
      return new Handover(slots.minus(gone), missedSince, until);
    }
  }

  void use(long newGraceMillis, boolean newAlways) {
    graceMillis = newGraceMillis;
    always = newAlways && newGraceMillis > 0;
  }

  synchronized void expect(SlotSet slots, long missedSince, long nowMillis) {
    long grace = graceMillis;
    if (grace > 0) {
      List<Handover> more = new ArrayList<>(handovers);
      more.removeIf(each -> nowMillis >= each.until());
      more.add(new Handover(slots, missedSince, nowMillis + grace));
      handovers = List.copyOf(more);
    }
  }

  /** These slots are another shard's now: nobody comes here for them. */
  synchronized void forget(SlotSet gone) {
    handovers =
        handovers.stream()
            .map(each -> each.without(gone))
            .filter(each -> !each.slots().isEmpty())
            .toList();
  }

  /** What a subscriber of {@code slot} that comes now may have missed: that since then. */
  long missedSince(int slot, long nowMillis) {
    long since = NOTHING;
    for (Handover each : handovers) {
      if (nowMillis < each.until() && each.slots().contains(slot)) {
        since = Math.min(since, each.missedSince());
      }
    }
    return since;
  }

  /** From when on a slot's messages are remembered; {@link #NOTHING} if none are. */
  long rememberedSince(int slot, long nowMillis) {
    long since = missedSince(slot, nowMillis);
    return always ? Math.min(since, nowMillis - graceMillis) : since;
  }

  /** A slot's memory has grown, or shrunk where it is negative. */
  void count(int bytes) {
    if (bytes != 0) {
      held.addAndGet(bytes);
    }
  }

  boolean isFull() {
    return held.get() > LIMIT;
  }

  /** How many bytes are held for remembered messages. */
  long heldBytes() {
    return held.get();
  }
}
