package io.slotcast.broker.effect;

/**
 * Takes what writes did to the keys of a slot: commands that give the same wherever and whenever
 * they are run in this order, with ids, absolute times and what was drawn at random written out.
 */
public interface EffectSink {
  /**
   * Called under the slot's lock, in the order of the writes.
   *
   * @param words a command's name and arguments, not to be changed
   */
  void effect(int slot, byte[][] words);
}
