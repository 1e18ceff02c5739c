package io.slotcast.broker.command.connection;

import static io.slotcast.broker.command.CommandFlag.FAST;

import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandDoc.Type;
import io.slotcast.broker.command.CommandException;
import io.slotcast.broker.command.CommandSpec;
import java.nio.charset.StandardCharsets;

/** PING [message]: an array of two in RESP2's subscribed mode, else PONG or the message. */
final class Ping implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("ping", -1)
          .flags(FAST)
          .categories(AclCategory.CONNECTION)
          .tips("request_policy:all_shards", "response_policy:all_succeeded")
          .doc("connection", "1.0.0", "Answers PONG, or the message that it was given.")
          .arguments(Argument.of("message", Type.STRING).asOptional())
          .build();
  private static final byte[] PONG = "pong".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] EMPTY = new byte[0];

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    int count = call.request().count();
    if (count > 2) {
      throw CommandException.wrongNumberOfArguments(SPEC.name());
    }
    if (call.client().isInSubscribedMode()) {
      call.reply().array(2);
      call.reply().bulk(PONG);
      call.reply().bulk(count == 2 ? call.request().bytes(1) : EMPTY);
    } else if (count == 2) {
      call.reply().bulk(call.request().bytes(1));
    } else {
      call.reply().simple("PONG");
    }
  }
}
