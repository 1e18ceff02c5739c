package io.slotcast.broker.command.client;

import static io.slotcast.broker.command.CommandFlag.LOADING;
import static io.slotcast.broker.command.CommandFlag.NOSCRIPT;
import static io.slotcast.broker.command.CommandFlag.STALE;

import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandDoc.Type;
import io.slotcast.broker.command.CommandException;
import io.slotcast.broker.command.CommandSpec;

/**
 * CLIENT TRACKING OFF; ON is refused, so that no client trusts a cache which nobody invalidates.
 */
final class ClientTracking implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("tracking", -3)
          .flags(NOSCRIPT, LOADING, STALE)
          .categories(AclCategory.CONNECTION)
          .doc(
              "connection",
              "6.0.0",
              "Turns tracking of keys that the client caches on or off, of which only off is there.")
          .complexity("O(1). Some options may introduce additional complexity.")
          .arguments(
              Argument.oneOf("status", Argument.token("ON"), Argument.token("OFF")),
              Argument.of("client-id", Type.INTEGER).withToken("REDIRECT").asOptional(),
              Argument.of("prefix", Type.STRING).withToken("PREFIX").asOptional().asMultipleToken(),
              Argument.token("BCAST").asOptional(),
              Argument.token("OPTIN").asOptional(),
              Argument.token("OPTOUT").asOptional(),
              Argument.token("NOLOOP").asOptional())
          .build();

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    if (ClientText.isOn(call.request(), 2)) {
      throw new CommandException("ERR CLIENT TRACKING ON is not supported by this server");
    }
    call.reply().ok();
  }
}
