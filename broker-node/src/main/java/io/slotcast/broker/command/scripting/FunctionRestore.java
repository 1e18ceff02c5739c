package io.slotcast.broker.command.scripting;

import static io.slotcast.broker.command.CommandFlag.DENYOOM;
import static io.slotcast.broker.command.CommandFlag.NOSCRIPT;
import static io.slotcast.broker.command.CommandFlag.WRITE;

import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandDoc.Type;
import io.slotcast.broker.command.CommandException;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.resp.Request;
import java.util.Arrays;

/**
 * FUNCTION RESTORE payload [FLUSH | APPEND | REPLACE], which tools send to a node that they add to
 * a cluster: takes the payload of a server without functions, which is all that there can be here,
 * and refuses every other as a broken one.
 */
final class FunctionRestore implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("restore", -3)
          .flags(WRITE, DENYOOM, NOSCRIPT)
          .categories(AclCategory.SCRIPTING)
          .tips("request_policy:all_shards", "response_policy:all_succeeded")
          .doc("scripting", "7.0.0", "Restores what FUNCTION DUMP gave, if that is nothing.")
          .complexity("O(N) where N is the number of functions on the payload")
          .arguments(
              Argument.of("serialized-value", Type.STRING),
              Argument.oneOf(
                      "policy",
                      Argument.token("FLUSH"),
                      Argument.token("APPEND"),
                      Argument.token("REPLACE"))
                  .asOptional())
          .build();

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    Request request = call.request();
    if (request.count() > 4) {
      throw CommandException.unknownSubcommand(request, "FUNCTION");
    }
    if (request.count() == 4 && !isPolicy(request)) {
      throw new CommandException(
          "ERR Wrong restore policy given, value should be either FLUSH, APPEND or REPLACE.");
    }
    byte[] payload = request.bytes(2);
    if (!Arrays.equals(payload, FunctionDump.EMPTY)) {
      throw new CommandException("ERR DUMP payload version or checksum are wrong");
    }
    call.reply().ok();
  }

  private static boolean isPolicy(Request request) {
    return request.is(3, "FLUSH") || request.is(3, "APPEND") || request.is(3, "REPLACE");
  }
}
