package io.slotcast.broker.journal;

import java.util.regex.Pattern;

/**
 * Files that a node cannot start from; the message is one line that names the file and the place.
 */
public final class UnloadableException extends Exception {
  private static final long serialVersionUID = 1L;

  private static final Pattern CONTROL = Pattern.compile("\\p{Cntrl}");

  UnloadableException(String message) {
    super(oneLine(message));
  }

  UnloadableException(String message, Throwable cause) {
    super(oneLine(message), cause);
  }

  /** What is wrong with a file may be a byte that ends a line. */
  private static String oneLine(String message) {
    return CONTROL
        .matcher(message)
        .replaceAll(found -> "\\\\x%02x".formatted((int) found.group().charAt(0)));
  }
}
