package io.slotcast.broker.command.connection;

import io.slotcast.broker.cluster.ClusterView;
import io.slotcast.broker.command.ClientRegistry;
import io.slotcast.broker.command.Command;
import java.util.List;

/** The connection family, CLIENT apart. */
public final class ConnectionCommands {
  private ConnectionCommands() {}

  public static List<Command> all(
      Authentication authentication, ClusterView cluster, ClientRegistry clients) {
    return List.of(
        new Asking(),
        new Auth(authentication),
        new Echo(),
        new Hello(authentication, cluster),
        new Ping(),
        new Quit(),
        new ReadOnly(),
        new ReadWrite(),
        new Reset(clients),
        new Select());
  }
}
