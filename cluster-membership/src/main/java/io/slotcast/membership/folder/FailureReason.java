package io.slotcast.membership.folder;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;

/** Why a file or folder could not be used, in words for an operator. */
public final class FailureReason {
  private FailureReason() {}

  /** One line; the JDK's own message is often no more than the file's name. */
  public static String of(Throwable cause) {
    return switch (cause) {
      case AccessDeniedException denied -> denied.getFile() + ": permission denied";
      case NoSuchFileException missing -> missing.getFile() + ": no such file or folder";
      case FileAlreadyExistsException file -> file.getFile() + ": not a folder";
      case NotDirectoryException file -> file.getFile() + ": not a folder";
      default -> cause.getMessage() == null ? cause.toString() : cause.getMessage();
    };
  }
}
