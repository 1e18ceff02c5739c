package io.slotcast.broker.journal;

/**
 * Files that a node cannot start from; the message is one line that names the file and the place.
 */
public final class UnloadableException extends Exception {
  private static final long serialVersionUID = 1L;

  UnloadableException(String message) {
    super(message);
  }

  UnloadableException(String message, Throwable cause) {
    super(message, cause);
  }
}
