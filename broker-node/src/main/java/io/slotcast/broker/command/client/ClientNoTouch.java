package io.slotcast.broker.command.client;

import static io.slotcast.broker.command.CommandFlag.LOADING;
import static io.slotcast.broker.command.CommandFlag.NOSCRIPT;
import static io.slotcast.broker.command.CommandFlag.STALE;

import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandSpec;

/** CLIENT NO-TOUCH ON|OFF: whether reads leave the access time of keys alone. */
final class ClientNoTouch implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("no-touch", 3)
          .flags(NOSCRIPT, LOADING, STALE)
          .categories(AclCategory.CONNECTION)
          .doc("connection", "7.2.0", "Keeps the connection from touching the access time of keys.")
          .arguments(Argument.oneOf("enabled", Argument.token("ON"), Argument.token("OFF")))
          .build();

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    call.client().noTouch(ClientText.isOn(call.request(), 2));
    call.reply().ok();
  }
}
