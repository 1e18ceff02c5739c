package io.slotcast.broker.migration;

import io.slotcast.router.NodeId;

/** What nodes say to each other about slots that move; {@link MigrationCodec} is its form. */
sealed interface MigrationMessage {
  /** Asks a slot's owner to give it, without keys, to another primary; the answer is the same. */
  record GiveSlot(int slot, NodeId target) implements MigrationMessage {}

  /**
   * Answers {@link GiveSlot}.
   *
   * @param error empty if it was done
   */
  record SlotGiven(String error) implements MigrationMessage {}
}
