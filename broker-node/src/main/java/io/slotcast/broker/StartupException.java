package io.slotcast.broker;

import io.slotcast.membership.folder.FailureReason;
import java.nio.channels.UnresolvedAddressException;
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

  /**
   * What could not be done, and the reason that lies deepest: {@code …: Address already in use}.
   */
  public static StartupException because(String what, Throwable cause) {
    Throwable deepest = cause;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    return new StartupException(what + ": " + reason(deepest), cause);
  }

  private static String reason(Throwable cause) {
    return cause instanceof UnresolvedAddressException ? "unknown host" : FailureReason.of(cause);
  }
}
