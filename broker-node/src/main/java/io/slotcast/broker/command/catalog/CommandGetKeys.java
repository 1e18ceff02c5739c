package io.slotcast.broker.command.catalog;

import static io.slotcast.broker.command.CommandFlag.LOADING;
import static io.slotcast.broker.command.CommandFlag.STALE;

import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.command.KeyFinder;
import java.util.List;

/** COMMAND GETKEYS command [argument …]. */
final class CommandGetKeys implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("getkeys", -4)
          .flags(LOADING, STALE)
          .categories(AclCategory.CONNECTION)
          .doc("server", "2.8.13", "Tells which arguments of a command line are keys.")
          .complexity("O(N) where N is the number of arguments to the command")
          .build();

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    KeyArguments arguments = KeyArguments.of(call.request(), call.commands());
    List<KeyFinder.Place> places = arguments.places();
    call.reply().array(places.size());
    places.forEach(place -> call.reply().bulk(arguments.line().bytes(place.argument())));
  }
}
