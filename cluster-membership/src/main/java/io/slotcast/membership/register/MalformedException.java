package io.slotcast.membership.register;

import java.io.IOException;

/** Bytes that are no message, value or state of a version that this node reads. */
public final class MalformedException extends IOException {
  private static final long serialVersionUID = 1L;

  MalformedException(String message) {
    super(message);
  }

  MalformedException(String message, Throwable cause) {
    super(message, cause);
  }
}
