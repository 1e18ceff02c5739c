package io.slotcast.broker.command.scripting;

import static io.slotcast.broker.command.CommandFlag.NOSCRIPT;

import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandException;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.resp.Request;

/** SCRIPT FLUSH [ASYNC|SYNC]: there is nothing to flush. */
final class ScriptFlush implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("flush", -2)
          .flags(NOSCRIPT)
          .categories(AclCategory.SCRIPTING)
          .tips("request_policy:all_nodes", "response_policy:all_succeeded")
          .doc("scripting", "2.6.0", "Forgets all scripts.")
          .complexity("O(N) with N being the number of scripts in cache")
          .arguments(
              Argument.oneOf("async", Argument.token("ASYNC"), Argument.token("SYNC")).asOptional())
          .build();

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    Request request = call.request();
    boolean known =
        request.count() == 2
            || (request.count() == 3 && (request.is(2, "SYNC") || request.is(2, "ASYNC")));
    if (!known) {
      throw new CommandException("ERR SCRIPT FLUSH only support SYNC|ASYNC option");
    }
    call.reply().ok();
  }
}
