package io.slotcast.broker.command.client;

import static io.slotcast.broker.command.CommandFlag.ADMIN;
import static io.slotcast.broker.command.CommandFlag.LOADING;
import static io.slotcast.broker.command.CommandFlag.NOSCRIPT;
import static io.slotcast.broker.command.CommandFlag.STALE;

import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandSpec;

/** CLIENT NO-EVICT ON|OFF: remembered and shown; clients are not evicted here. */
final class ClientNoEvict implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("no-evict", 3)
          .flags(ADMIN, NOSCRIPT, LOADING, STALE)
          .categories(AclCategory.CONNECTION)
          .doc("connection", "7.0.0", "Protects the connection from eviction.")
          .arguments(Argument.oneOf("enabled", Argument.token("ON"), Argument.token("OFF")))
          .build();

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    call.client().noEvict(ClientText.isOn(call.request(), 2));
    call.reply().ok();
  }
}
