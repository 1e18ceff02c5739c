package io.slotcast.broker.command.client;

import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.ClientRegistry;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.command.ContainerCommand;
import io.slotcast.broker.command.PauseGate;
import java.util.List;

/** CLIENT with its subcommands. */
public final class ClientCommands {
  private static final CommandSpec CLIENT =
      CommandSpec.command("client", -2)
          .doc("connection", "2.4.0", "A container for commands about connections.")
          .complexity("Depends on subcommand.")
          .build();

  private ClientCommands() {}

  public static List<Command> all(ClientRegistry clients, PauseGate pause) {
    return List.of(
        new ContainerCommand(
            CLIENT,
            List.of(
                new ClientCaching(),
                new ClientCapa(),
                new ClientGetName(),
                new ClientGetRedir(),
                new ClientId(),
                new ClientInfo(),
                new ClientKill(clients),
                new ClientList(clients),
                new ClientNoEvict(),
                new ClientNoTouch(),
                new ClientPause(pause),
                new ClientReply(),
                new ClientSetInfo(),
                new ClientSetName(),
                new ClientTracking(),
                new ClientTrackingInfo(),
                new ClientUnblock(clients),
                new ClientUnpause(pause)),
            AclCategory.CONNECTION));
  }
}
