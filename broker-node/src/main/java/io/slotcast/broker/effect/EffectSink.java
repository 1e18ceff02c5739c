package io.slotcast.broker.effect;

/**
 * Takes what writes did to the keys of a slot: commands that give the same wherever and whenever
 * they are run in this order, with ids, absolute times and what was drawn at random written out.
 */
@FunctionalInterface
public interface EffectSink {
  /**
   * One unit: the effect of one write, or all effects of a command or a transaction between MULTI
   * and EXEC, which belong together. Called under the slot's lock and that of the {@link
   * EffectStream}, in the order of the writes; must be quick and take no other lock that is held
   * while effects are appended.
   *
   * @param array holds the unit as RESP arrays of bulk strings; valid until this returns
   */
  void unit(int slot, byte[] array, int offset, int length);
}
