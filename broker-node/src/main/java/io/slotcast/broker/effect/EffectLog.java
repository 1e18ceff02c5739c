package io.slotcast.broker.effect;

import java.util.Arrays;

/** Where the effects of a node's writes go. Effects of one slot come under its lock. */
public final class EffectLog {
  private final Object lock = new Object();

  /** Replaced under {@code lock}, read by any thread. */
  private volatile EffectSink[] sinks = new EffectSink[0];

  /** From now on {@code sink} is given every effect. */
  public void add(EffectSink sink) {
    synchronized (lock) {
      EffectSink[] more = Arrays.copyOf(sinks, sinks.length + 1);
      more[sinks.length] = sink;
      sinks = more;
    }
  }

  /** Whether anyone takes effects: if not, none need be made. */
  public boolean isWanted() {
    return sinks.length > 0;
  }

  /** The caller holds the slot's lock. */
  public void append(int slot, byte[]... words) {
    for (EffectSink sink : sinks) {
      sink.effect(slot, words);
    }
  }
}
