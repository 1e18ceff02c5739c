package io.slotcast.broker.command.pubsub;

import static io.slotcast.broker.command.CommandFlag.FAST;
import static io.slotcast.broker.command.CommandFlag.LOADING;
import static io.slotcast.broker.command.CommandFlag.MAY_REPLICATE;
import static io.slotcast.broker.command.CommandFlag.PUBSUB;
import static io.slotcast.broker.command.CommandFlag.STALE;

import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandDoc.Type;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.pubsub.Message;
import io.slotcast.broker.pubsub.PubSub;
import io.slotcast.broker.resp.Request;

/** PUBLISH channel message: to the subscribers on every node; replies how many are on this one. */
final class Publish implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("publish", 3)
          .flags(PUBSUB, LOADING, STALE, FAST, MAY_REPLICATE)
          .doc("pubsub", "2.0.0", "Sends a message to all subscribers of a channel.")
          .complexity(
              "O(N+M) where N is the number of clients subscribed to the channel and M is the"
                  + " number of patterns subscribed to by any client.")
          .arguments(Argument.of("channel", Type.STRING), Argument.of("message", Type.STRING))
          .build();

  private final PubSub pubSub;

  Publish(PubSub pubSub) {
    this.pubSub = pubSub;
  }

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    call.reply().integer(pubSub.publish(message(call.request()), call.loop()));
  }

  /** The channel and payload of a PUBLISH or SPUBLISH. */
  static Message message(Request request) {
    return new Message(
        request.array(),
        request.offset(1),
        request.length(1),
        request.offset(2),
        request.length(2));
  }
}
