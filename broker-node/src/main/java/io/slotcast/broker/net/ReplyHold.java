package io.slotcast.broker.net;

/**
 * On what it depends that a connection's replies may leave: this node still has the right to serve
 * the slot that they are about, and what they tell of has passed the {@link ReplyGate}. Owned by
 * the connection's event loop.
 */
final class ReplyHold {
  /** No key command's reply is in the output. */
  private static final int NO_SLOT = -1;

  private int slot = NO_SLOT;

  /** Where in the stream of effects what the replies tell of ends; 0 for nowhere. */
  private long offset;

  enum Verdict {
    LEAVE,
    WAIT,
    /**
     * The process may have been stopped between the command and this, so that another node has
     * taken over: the reply would acknowledge what is lost. The client learns nothing.
     */
    NEVER
  }

  void slot(int newSlot) {
    slot = newSlot;
  }

  void until(long newOffset) {
    offset = Math.max(offset, newOffset);
  }

  Verdict verdict(IoLoop loop) {
    if (slot != NO_SLOT && !loop.mayReply(slot)) {
      return Verdict.NEVER;
    }
    return isOpen(loop) ? Verdict.LEAVE : Verdict.WAIT;
  }

  boolean isOpen(IoLoop loop) {
    return offset == 0 || loop.heldReplies().isOpenFor(offset);
  }

  /** The replies have left, or there were none. */
  void clear() {
    slot = NO_SLOT;
    offset = 0;
  }

  @Override
  public String toString() {
    return "slot " + slot;
  }
}
