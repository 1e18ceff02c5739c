package io.slotcast.broker.keyspace.rdb;

import io.slotcast.broker.keyspace.Slot;
import io.slotcast.broker.keyspace.SlotKeys;
import io.slotcast.broker.keyspace.Value;
import io.slotcast.broker.keyspace.stream.StreamValue;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Supplier;

/**
 * Makes images of slots, and loads them: what replicas, journals, files and moving slots begin
 * with. Safe from any thread.
 */
public final class SlotImages {
  /** A part is ended by the key with which it passes this. */
  private static final int PART = 1 << 22;

  private final Supplier<RdbSettings> settings;

  /**
   * @param settings as they are at the moment
   */
  public SlotImages(Supplier<RdbSettings> settings) {
    this.settings = settings;
  }

  /**
   * The slot as it is. The caller holds its lock, so that the effects that follow are exactly those
   * that the image does not contain.
   *
   * @throws RdbException if one key takes more than two gigabytes
   */
  public SlotImage of(Slot slot, long nowMillis) {
    Capture capture = new Capture(slot.keys(), settings.get(), nowMillis);
    slot.keys().forEach(capture::add);
    return capture.end();
  }

  /**
   * Stores the keys of a part, in place of those of the same names: without effects, events or
   * statistics. For a slot as it was, {@link SlotKeys#discard} comes first. The caller holds the
   * slot's lock.
   *
   * @throws RdbException if the bytes are no part of an image; some keys may be stored by then
   */
  public void load(byte[] array, int offset, int length, Slot slot, long nowMillis) {
    load(array, offset, length, slot, nowMillis, (key, value) -> {});
  }

  /** As above; {@code stored} is told of each key. */
  public void load(
      byte[] array,
      int offset,
      int length,
      Slot slot,
      long nowMillis,
      BiConsumer<byte[], Value> stored) {
    RdbReader in = new RdbReader(array, offset, length);
    RecordReader records = new RecordReader(in, settings.get());
    while (in.remaining() > 0) {
      switch (records.next()) {
        case RdbRecord.Key key -> {
          store(key, slot.keys(), nowMillis);
          stored.accept(key.key(), key.value());
        }
        case RdbRecord.Auxiliary _ -> {}
        default -> throw new RdbException("not an image of a slot");
      }
    }
  }

  /** Stores a key that was read; returns whether there was none of its name. */
  static boolean store(RdbRecord.Key key, SlotKeys keys, long nowMillis) {
    boolean isNew = keys.load(key.key(), key.value(), key.expiresAtMillis(), nowMillis);
    if (key.idleSeconds() != RdbRecord.UNKNOWN) {
      keys.use().idleFor(key.value(), key.idleSeconds(), nowMillis);
    }
    if (key.frequency() != RdbRecord.UNKNOWN) {
      keys.use().often(key.value(), key.frequency(), nowMillis);
    }
    return isNew;
  }

  /** One slot while it is written down. */
  private static final class Capture {
    private final SlotKeys keys;
    private final RdbSettings settings;
    private final ValueFormat format;
    private final long nowMillis;
    private final RdbWriter out;
    private final List<byte[]> parts = new ArrayList<>(1);

    Capture(SlotKeys keys, RdbSettings settings, long nowMillis) {
      this.keys = keys;
      this.settings = settings;
      this.format = settings.format();
      this.nowMillis = nowMillis;
      this.out = new RdbWriter(settings.compresses());
    }

    void add(byte[] key, Value value) {
      if (value.expires()) {
        out.unsigned(RdbOpcode.EXPIRES_MILLIS, 1);
        out.unsigned(value.expiresAtMillis(), 8);
      }
      if (settings.keepsIdleTime()) {
        out.unsigned(RdbOpcode.IDLE, 1);
        out.length(keys.use().idleSeconds(value, nowMillis));
      } else if (keys.use().countsFrequency()) {
        out.unsigned(RdbOpcode.FREQUENCY, 1);
        out.unsigned(keys.use().frequency(value, nowMillis), 1);
      }
      if (value instanceof StreamValue stream) {
        StreamExtras.write(stream, out);
      }
      out.keyOfNext(key);
      format.write(value, out);
      if (out.size() > PART) {
        parts.add(out.toArray());
        out.clear();
      }
    }

    SlotImage end() {
      if (out.size() > 0) {
        parts.add(out.toArray());
      }
      return new SlotImage(parts, keys.count(), keys.expiringCount(), out.version());
    }
  }
}
