package io.slotcast.broker;

import org.jspecify.annotations.Nullable;

/**
 * A node that cannot start for a reason its operator can mend: a port in use, a data folder that
 * another node holds, a certificate that cannot be read. The message is one line that says which.
 */
public final class StartupException extends Exception {
  private static final long serialVersionUID = 1L;

  public StartupException(String message) {
    super(message);
  }

  public StartupException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
