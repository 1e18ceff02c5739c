package io.slotcast.broker.command.client;

import static io.slotcast.broker.command.CommandFlag.LOADING;
import static io.slotcast.broker.command.CommandFlag.NOSCRIPT;
import static io.slotcast.broker.command.CommandFlag.STALE;

import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandDoc.Type;
import io.slotcast.broker.command.CommandSpec;

/** CLIENT CAPA capability …: of Valkey; none of them changes what this server does. */
final class ClientCapa implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("capa", -3)
          .flags(NOSCRIPT, LOADING, STALE)
          .categories(AclCategory.CONNECTION)
          .doc("connection", "0.1.0", "Tells what the client can do.")
          .arguments(Argument.of("capability", Type.STRING).asMultiple())
          .build();

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    call.reply().ok();
  }
}
