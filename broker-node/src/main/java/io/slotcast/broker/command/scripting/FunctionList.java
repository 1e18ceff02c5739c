package io.slotcast.broker.command.scripting;

import static io.slotcast.broker.command.CommandFlag.NOSCRIPT;

import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandDoc.Type;
import io.slotcast.broker.command.CommandException;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.resp.Request;

/** FUNCTION LIST [LIBRARYNAME pattern] [WITHCODE]: there are none. */
final class FunctionList implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("list", -2)
          .flags(NOSCRIPT)
          .categories(AclCategory.SCRIPTING)
          .tips("nondeterministic_output_order")
          .doc("scripting", "7.0.0", "Lists all functions.")
          .complexity("O(N) where N is the number of functions")
          .arguments(
              Argument.of("library-name-pattern", Type.STRING)
                  .withToken("LIBRARYNAME")
                  .asOptional(),
              Argument.token("WITHCODE").asOptional())
          .build();

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    checkOptions(call.request());
    call.reply().array(0);
  }

  private static void checkOptions(Request request) {
    boolean withCode = false;
    boolean named = false;
    for (int i = 2; i < request.count(); i++) {
      if (!withCode && request.is(i, "WITHCODE")) {
        withCode = true;
      } else if (!named && request.is(i, "LIBRARYNAME")) {
        if (++i == request.count()) {
          throw new CommandException("ERR library name argument was not given");
        }
        named = true;
      } else {
        throw new CommandException("ERR Unknown argument " + request.text(i));
      }
    }
  }
}
