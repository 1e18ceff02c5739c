package io.slotcast.broker.migration;

import io.slotcast.router.NodeId;
import io.slotcast.router.SlotSet;
import java.util.List;

/**
 * What nodes say to each other about slots that move. A frame carries a number beside it: that of
 * the migration, or of the request for a slot. {@link MigrationCodec} is its form.
 */
sealed interface MigrationMessage {
  /** Asks a slot's owner to give it, without keys, to another primary. */
  record GiveSlot(int slot, NodeId target) implements MigrationMessage {}

  /**
   * Answers {@link GiveSlot}.
   *
   * @param error empty if it was done
   */
  record SlotGiven(String error) implements MigrationMessage {}

  /** Asks to be told when the other routes by a topology of that epoch. */
  record RouteBy(long epoch) implements MigrationMessage {}

  /** Answers {@link RouteBy}. */
  record RoutesBy() implements MigrationMessage {}

  /** Target to source: asks for slots; the source begins under the same number, or aborts. */
  record Wanted(String name, SlotSet slots) implements MigrationMessage {}

  /** Source to target: a migration begins. */
  record Open(String name, SlotSet slots) implements MigrationMessage {}

  /** Target to source: the slots are empty here, and wait for what comes. */
  record Opened() implements MigrationMessage {}

  /**
   * Source to target: parts of images and units of effects, in their order.
   *
   * @param sequence counts these messages of a migration from 0: one that is missing ends it
   */
  record Data(long sequence, List<Piece> pieces) implements MigrationMessage {}

  /** Target to source: so many bytes of pieces were taken in since the beginning. */
  record Applied(long bytes) implements MigrationMessage {}

  /** Source to target: there is no more; the target answers {@link Ready} when it has it all. */
  record Finish(long sequence) implements MigrationMessage {}

  /** Target to source: all is here, and as safe as this node's acknowledged writes are. */
  record Ready() implements MigrationMessage {}

  /** Either to the other: the slots stay where they were. */
  record Abort(String reason) implements MigrationMessage {}

  /** Target to source: what became of a migration that was ready? Answered by silence or abort. */
  record Verdict() implements MigrationMessage {}

  /** Asks a primary to migrate slots to another; it answers {@link Ended} when that is over. */
  record Start(String name, SlotSet slots, NodeId target) implements MigrationMessage {}

  /**
   * Answers {@link Start}.
   *
   * @param error empty if the slots have moved
   */
  record Ended(String error) implements MigrationMessage {}

  /** Asks how many keys each slot has that the other owns. */
  record CountKeys() implements MigrationMessage {}

  /** Answers {@link CountKeys}: the slots, ascending, and the keys of each. */
  record KeyCounts(SlotSet slots, List<Integer> keys) implements MigrationMessage {}

  /**
   * A piece of a slot.
   *
   * @param isImage whether {@code bytes} are part of its image, rather than a unit of effects
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Piece(int slot, boolean isImage, byte[] bytes) {}
}
