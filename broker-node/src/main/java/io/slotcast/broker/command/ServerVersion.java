package io.slotcast.broker.command;

import org.jspecify.annotations.Nullable;

/** What this server says that it is. */
public final class ServerVersion {
  /**
   * The version of Redis that clients are told. They switch features on by it: 7.4 has all commands
   * that are here (CLIENT SETINFO came with 7.2, CLIENT KILL MAXAGE with 7.4), and promises nothing
   * that is not, as 8.0 and later would. See docs/differences.md.
   */
  public static final String REDIS = "7.4.0";

  /** This server's own version. */
  public static final String SLOTCAST = own();

  private ServerVersion() {}

  private static String own() {
    @Nullable String packaged = ServerVersion.class.getPackage().getImplementationVersion();
    return packaged == null ? "0.1.0-SNAPSHOT" : packaged;
  }
}
