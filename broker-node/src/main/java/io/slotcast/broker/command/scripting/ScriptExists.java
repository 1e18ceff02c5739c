package io.slotcast.broker.command.scripting;

import static io.slotcast.broker.command.CommandFlag.NOSCRIPT;

import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandDoc.Type;
import io.slotcast.broker.command.CommandSpec;

/** SCRIPT EXISTS sha1 …: 0 for each. */
final class ScriptExists implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("exists", -3)
          .flags(NOSCRIPT)
          .categories(AclCategory.SCRIPTING)
          .tips("request_policy:all_shards", "response_policy:agg_logical_and")
          .doc("scripting", "2.6.0", "Tells which scripts are known.")
          .complexity(
              "O(N) with N being the number of scripts to check (so checking a single script is an O(1) operation).")
          .arguments(Argument.of("sha1", Type.STRING).asMultiple())
          .build();

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    int asked = call.request().count() - 2;
    call.reply().array(asked);
    for (int i = 0; i < asked; i++) {
      call.reply().integer(0);
    }
  }
}
