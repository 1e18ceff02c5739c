package io.slotcast.broker.migration;

import io.slotcast.broker.effect.EffectStream;
import io.slotcast.broker.effect.Words;
import io.slotcast.broker.keyspace.Slot;
import io.slotcast.broker.keyspace.SlotKeys;
import io.slotcast.broker.keyspace.SlotTable;
import io.slotcast.broker.keyspace.Value;
import io.slotcast.broker.keyspace.rdb.DumpPayload;
import io.slotcast.broker.keyspace.rdb.SlotImages;
import io.slotcast.broker.migration.MigrationMessage.Piece;
import io.slotcast.router.SlotSet;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * Slots that fill from images and effects of another node, or are emptied. Both are effects of this
 * node as well, so that its replicas and its journal have what it has. Takes each slot's lock in
 * turn.
 */
public final class ImportedSlots {
  /** Keys that one DEL names. */
  private static final int KEYS_AT_ONCE = 1000;

  private final SlotTable slots;
  private final SlotImages images;
  private final DumpPayload payload;
  private final InstantSource clock;

  /** Set while the node starts. */
  private volatile UnitRepeater repeater =
      unit -> {
        throw new IllegalStateException("the node is not ready to repeat effects");
      };

  public ImportedSlots(
      SlotTable slots, SlotImages images, DumpPayload payload, InstantSource clock) {
    this.slots = slots;
    this.images = images;
    this.payload = payload;
    this.clock = clock;
  }

  /** Who repeats units of effects; set before there are any. */
  public void repeatBy(UnitRepeater value) {
    repeater = value;
  }

  EffectStream effects() {
    return slots.effects();
  }

  /**
   * Takes a piece in.
   *
   * @throws RuntimeException if it is none, or cannot be repeated
   */
  void take(Piece piece) {
    if (!piece.isImage()) {
      repeater.repeat(piece.bytes());
      return;
    }
    Slot slot = slots.get(piece.slot());
    slot.lock();
    try {
      boolean recorded = slot.effects().isWanted();
      images.load(
          piece.bytes(),
          0,
          piece.bytes().length,
          slot,
          clock.millis(),
          (key, value) -> {
            if (recorded) {
              record(slot, key, value);
            }
          });
    } finally {
      slot.unlock();
    }
  }

  private void record(Slot slot, byte[] key, Value value) {
    slot.effects()
        .append(
            Words.RESTORE,
            key,
            Words.of(value.expires() ? value.expiresAtMillis() : 0),
            payload.whole(value),
            Words.REPLACE,
            Words.ABSTTL);
  }

  /**
   * Removes what the slots hold; nobody is told but whoever repeats this node's effects.
   *
   * @return how many keys that was
   */
  int empty(SlotSet emptied) {
    int removed = 0;
    for (int number : emptied.toArray()) {
      Slot slot = slots.find(number);
      if (slot == null) {
        continue;
      }
      slot.lock();
      try {
        removed += slot.keys().count();
        if (slot.keys().count() > 0) {
          if (slot.effects().isWanted()) {
            recordRemoval(slot);
          }
          slot.keys().discard();
        }
      } finally {
        slot.unlock();
      }
    }
    return removed;
  }

  private static void recordRemoval(Slot slot) {
    SlotKeys keys = slot.keys();
    List<byte[]> words = new ArrayList<>();
    for (byte[] key : keys.names(Long.MAX_VALUE)) {
      if (words.isEmpty()) {
        words.add(Words.DEL);
      }
      words.add(key);
      if (words.size() > KEYS_AT_ONCE) {
        slot.effects().append(words.toArray(byte[][]::new));
        words.clear();
      }
    }
    if (!words.isEmpty()) {
      slot.effects().append(words.toArray(byte[][]::new));
    }
  }
}
