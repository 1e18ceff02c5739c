package io.slotcast.broker.migration;

import io.slotcast.router.NodeId;
import io.slotcast.router.SlotSet;

/**
 * A migration of slots as it is at one moment, at its source or at its target.
 *
 * @param name 40 hexadecimal characters, the same at both ends
 * @param number what its frames carry
 * @param createdMillis wall-clock milliseconds, as the others; 0 for not yet
 * @param message what went wrong; empty if nothing did
 * @param bytes of images and effects that were sent, or taken in
 * @param pausedMillis how long commands on the slots were held back
 */
public record MigrationJob(
    String name,
    long number,
    Direction direction,
    SlotSet slots,
    NodeId source,
    NodeId target,
    State state,
    String message,
    long createdMillis,
    long updatedMillis,
    long doneMillis,
    long bytes,
    int slotsCopied,
    long pausedMillis) {

  /** From which end the migration is seen. */
  public enum Direction {
    EXPORT,
    IMPORT
  }

  /**
   * How far it is. {@link #may} has the transitions:
   *
   * <pre>
   * source:  OPENING → COPYING → CATCHING_UP → HANDING_OVER → DONE
   * target:  COPYING → READY → DONE
   *                       READY ⇄ UNSURE → DONE
   * any but DONE → FAILED or CANCELLED; of the source in HANDING_OVER, when the slots are served
   * there again; of the target in READY and UNSURE, when it is certain that it never will own them
   * </pre>
   */
  public enum State {
    /** The target was asked to take the slots in. */
    OPENING,
    /** Images of the slots are sent, and the effects on those that were sent. */
    COPYING,
    /** All images are sent; effects follow as they come. */
    CATCHING_UP,
    /** Commands are held back, the last effects sent, the change of owner proposed. */
    HANDING_OVER,
    /** The target has everything and waits to own the slots. */
    READY,
    /** The target was ready when it lost sight of the source. */
    UNSURE,
    DONE,
    FAILED,
    CANCELLED;

    public boolean isEnd() {
      return this == DONE || this == FAILED || this == CANCELLED;
    }

    boolean may(State next) {
      return switch (this) {
        case OPENING -> next == COPYING || next.isFailure();
        case COPYING -> next == CATCHING_UP || next == READY || next.isFailure();
        case CATCHING_UP -> next == HANDING_OVER || next.isFailure();
        case HANDING_OVER -> next == DONE || next.isFailure();
        case READY -> next == DONE || next == UNSURE || next.isFailure();
        case UNSURE -> next == DONE || next == READY || next.isFailure();
        case DONE, FAILED, CANCELLED -> false;
      };
    }

    private boolean isFailure() {
      return this == FAILED || this == CANCELLED;
    }
  }
}
