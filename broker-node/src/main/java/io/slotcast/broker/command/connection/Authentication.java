package io.slotcast.broker.command.connection;

import io.slotcast.broker.command.Client;
import io.slotcast.broker.command.CommandException;
import io.slotcast.broker.config.Directives;
import io.slotcast.broker.config.ServerConfig;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.concurrent.atomic.LongAdder;

/** Checks user names and passwords; there is one user, {@code default}. Safe from any thread. */
public final class Authentication {
  static final String DEFAULT_USER = "default";

  private final ServerConfig config;
  private final LongAdder failures = new LongAdder();

  public Authentication(ServerConfig config) {
    this.config = config;
  }

  boolean needsNoPassword() {
    return config.get(Directives.REQUIREPASS).isEmpty();
  }

  /**
   * Makes {@code client} the user, whose password may be any where none is required. The comparison
   * takes as long for a password that is nearly right as for any other.
   *
   * @throws CommandException if user or password are wrong; the client stays what it was
   */
  void authenticate(Client client, String user, byte[] password) {
    byte[] required = config.get(Directives.REQUIREPASS).getBytes(StandardCharsets.UTF_8);
    boolean right = required.length == 0 || MessageDigest.isEqual(required, password);
    if (!right || !user.equals(DEFAULT_USER)) {
      failures.increment();
      throw new CommandException("WRONGPASS invalid username-password pair or user is disabled.");
    }
    client.authenticated(user);
  }

  /** Refused user names and passwords since the node started. */
  public long failures() {
    return failures.sum();
  }
}
