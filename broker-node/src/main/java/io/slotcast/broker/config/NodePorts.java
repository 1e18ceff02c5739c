package io.slotcast.broker.config;

/** The ports that follow from the client port unless they are given. */
public final class NodePorts {
  /** How far the admin port is above the client port, unless it is given. */
  public static final int ADMIN_OFFSET = 20_000;

  private NodePorts() {}

  static int bus(DirectiveValues values) {
    int configured = values.get(Directives.CLUSTER_PORT);
    return configured != 0 ? configured : client(values) + SeedAddress.BUS_OFFSET;
  }

  /** 0 if there is none. */
  static int admin(DirectiveValues values) {
    int configured = values.get(Directives.ADMIN_PORT);
    return configured >= 0 ? configured : client(values) + ADMIN_OFFSET;
  }

  private static int client(DirectiveValues values) {
    int plain = values.get(Directives.PORT);
    return plain != 0 ? plain : values.get(Directives.TLS_PORT);
  }
}
