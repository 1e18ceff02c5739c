package io.slotcast.membership.folder;

import java.io.IOException;
import java.nio.file.Path;

/** Another node works in the data folder; the message says which, in one line for an operator. */
public final class FolderHeldException extends IOException {
  private static final long serialVersionUID = 1L;

  FolderHeldException(Path folder, String holder) {
    super("the data folder " + folder + " is held by " + holder);
  }
}
