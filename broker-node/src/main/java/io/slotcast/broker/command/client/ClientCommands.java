package io.slotcast.broker.command.client;

import io.slotcast.broker.command.ClientRegistry;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.command.ContainerCommand;
import java.util.List;

/** CLIENT with its subcommands. */
public final class ClientCommands {
  private static final CommandSpec CLIENT =
      CommandSpec.command("client", -2)
          .doc("connection", "2.4.0", "A container for commands about connections.")
          .complexity("Depends on subcommand.")
          .build();

  private ClientCommands() {}

  public static List<Command> all(ClientRegistry clients) {
    return List.of(
        new ContainerCommand(
            CLIENT,
            List.of(
                new ClientGetName(),
                new ClientId(),
                new ClientInfo(),
                new ClientList(clients),
                new ClientNoEvict(),
                new ClientNoTouch(),
                new ClientReply(),
                new ClientSetInfo(),
                new ClientSetName())));
  }
}
