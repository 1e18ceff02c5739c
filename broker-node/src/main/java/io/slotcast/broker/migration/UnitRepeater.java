package io.slotcast.broker.migration;

/** Repeats the effects of slots that move here, and passes them on as effects of this node. */
@FunctionalInterface
public interface UnitRepeater {
  /**
   * Repeats one unit.
   *
   * @throws IllegalStateException if it cannot be repeated, so that the keys would not be those of
   *     the source
   */
  void repeat(byte[] unit);
}
