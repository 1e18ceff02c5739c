package io.slotcast.broker.peer;

/** Bytes from a peer that are no frame, or one that has no place here. The link is closed. */
final class FrameException extends Exception {
  private static final long serialVersionUID = 1L;

  FrameException(String message) {
    super(message, null, false, false);
  }
}
