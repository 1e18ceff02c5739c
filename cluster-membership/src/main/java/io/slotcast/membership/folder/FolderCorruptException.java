package io.slotcast.membership.folder;

import java.io.IOException;
import java.nio.file.Path;

/**
 * A file of the data folder is not as it was written. The node must not start: one that forgot its
 * promises could vote twice.
 */
public final class FolderCorruptException extends IOException {
  private static final long serialVersionUID = 1L;

  FolderCorruptException(Path file, String what) {
    super(
        file
            + " is damaged ("
            + what
            + "); restore it, or empty the data folder to start as a new node");
  }
}
