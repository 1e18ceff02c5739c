package io.slotcast.broker.effect;

import io.slotcast.broker.resp.GrowingSink;
import io.slotcast.broker.resp.Request;
import org.jspecify.annotations.Nullable;

/**
 * Where the effects of writes to one slot go: into the node's stream, each as a unit of its own, or
 * all between {@link #begin} and {@link #end} as one. Guarded by the slot's lock.
 */
public final class SlotEffects {
  private static final byte[][] MULTI = {Words.MULTI};
  private static final byte[][] EXEC = {Words.EXEC};

  private final int slot;
  private final EffectStream stream;

  /** What a unit that was begun holds so far, MULTI included; null while none is. */
  private @Nullable GrowingSink unit;

  private int unitEffects;
  private long lastOffset;

  /** The stream's history that {@code lastOffset} is of. */
  private int history;

  public SlotEffects(int slot, EffectStream stream) {
    this.slot = slot;
    this.stream = stream;
  }

  /** Whether anyone takes effects: if not, none need be made. */
  public boolean isWanted() {
    return stream.isWanted();
  }

  /** The stream's offset behind the slot's last effect; 0 if this history has none. */
  public long lastOffset() {
    return history == stream.history() ? lastOffset : 0;
  }

  private void appended(long offset) {
    lastOffset = offset;
    history = stream.history();
  }

  public void append(byte[]... words) {
    if (!isWanted()) {
      return;
    }
    GrowingSink gathering = unit;
    if (gathering == null) {
      appended(stream.append(slot, words));
    } else {
      EffectBytes.write(gathering, words);
      unitEffects++;
    }
  }

  /** The effect is a request as it was made. */
  public void append(Request request) {
    if (!isWanted()) {
      return;
    }
    if (unit == null) {
      appended(stream.append(slot, request));
    } else {
      append(request.words());
    }
  }

  /** What another node's effects were, as one unit that is written out. */
  public void append(byte[] array, int offset, int length) {
    if (isWanted()) {
      appended(stream.append(slot, array, offset, length));
    }
  }

  /** The effects up to {@link #end} belong together. */
  public void begin() {
    if (unit != null) {
      throw new IllegalStateException("a unit of slot " + slot + " was begun and not ended");
    }
    if (isWanted()) {
      GrowingSink begun = new GrowingSink(128);
      EffectBytes.write(begun, MULTI);
      unit = begun;
      unitEffects = 0;
    }
  }

  /** Passes on what came since {@link #begin}, if that was called and something came. */
  public void end() {
    GrowingSink gathered = unit;
    unit = null;
    if (gathered == null || unitEffects == 0 || !isWanted()) {
      return;
    }
    int skipped = 0;
    if (unitEffects == 1) {
      skipped = EffectBytes.length(MULTI);
    } else {
      EffectBytes.write(gathered, EXEC);
    }
    appended(stream.append(slot, gathered.array(), skipped, gathered.length() - skipped));
  }
}
