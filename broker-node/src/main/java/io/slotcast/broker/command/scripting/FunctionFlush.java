package io.slotcast.broker.command.scripting;

import static io.slotcast.broker.command.CommandFlag.NOSCRIPT;
import static io.slotcast.broker.command.CommandFlag.WRITE;

import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandException;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.resp.Request;

/** FUNCTION FLUSH [ASYNC|SYNC]: there is nothing to flush. */
final class FunctionFlush implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("flush", -2)
          .flags(WRITE, NOSCRIPT)
          .categories(AclCategory.SCRIPTING)
          .tips("request_policy:all_shards", "response_policy:all_succeeded")
          .doc("scripting", "7.0.0", "Deletes all functions.")
          .complexity("O(N) where N is the number of functions deleted")
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
    if (request.count() > 3) {
      throw CommandException.unknownSubcommand(request, "FUNCTION");
    }
    if (request.count() == 3 && !request.is(2, "SYNC") && !request.is(2, "ASYNC")) {
      throw new CommandException("ERR FUNCTION FLUSH only supports SYNC|ASYNC option");
    }
    call.reply().ok();
  }
}
