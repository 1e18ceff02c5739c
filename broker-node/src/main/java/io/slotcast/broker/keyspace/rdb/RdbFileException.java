package io.slotcast.broker.keyspace.rdb;

import java.nio.file.Path;

/** A file that cannot be loaded; the message is one line that names it and the place. */
public final class RdbFileException extends Exception {
  private static final long serialVersionUID = 1L;

  RdbFileException(Path file, long position, String why) {
    super(file + ": " + why + ", at byte " + position);
  }
}
