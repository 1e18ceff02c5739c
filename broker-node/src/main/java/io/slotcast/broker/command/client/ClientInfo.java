package io.slotcast.broker.command.client;

import static io.slotcast.broker.command.CommandFlag.LOADING;
import static io.slotcast.broker.command.CommandFlag.NOSCRIPT;
import static io.slotcast.broker.command.CommandFlag.STALE;

import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandSpec;

/** CLIENT INFO: the line of CLIENT LIST about the client itself. */
final class ClientInfo implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("info", 2)
          .flags(NOSCRIPT, LOADING, STALE)
          .categories(AclCategory.CONNECTION)
          .tips("nondeterministic_output")
          .doc("connection", "6.2.0", "Describes the connection.")
          .build();

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    String line = ClientLine.of(call.client(), call.nowMillis());
    call.reply().verbatim("txt", ClientText.bytes(line));
  }
}
