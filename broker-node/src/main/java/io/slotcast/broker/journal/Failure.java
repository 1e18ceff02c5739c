package io.slotcast.broker.journal;

import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;

/** Why a file could not be used, in words for an operator. */
final class Failure {
  private Failure() {}

  static String reason(Throwable cause) {
    return switch (cause) {
      case AccessDeniedException denied -> denied.getFile() + ": permission denied";
      case NoSuchFileException missing -> missing.getFile() + ": no such file or folder";
      default -> cause.getMessage() == null ? cause.toString() : cause.getMessage();
    };
  }
}
