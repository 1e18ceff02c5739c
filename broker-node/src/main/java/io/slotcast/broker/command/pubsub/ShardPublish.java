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
import io.slotcast.broker.command.KeySpec;
import io.slotcast.broker.pubsub.PubSub;

/**
 * SPUBLISH shardchannel message: to the subscribers on the nodes of the channel's shard; replies
 * how many are on this one.
 */
final class ShardPublish implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("spublish", 3)
          .flags(PUBSUB, LOADING, STALE, FAST, MAY_REPLICATE)
          .keys(KeySpec.one(1, KeySpec.Flag.NOT_KEY))
          .doc("pubsub", "7.0.0", "Sends a message to the subscribers of a shard channel.")
          .complexity("O(N) where N is the number of clients subscribed to the shard channel.")
          .arguments(Argument.of("shardchannel", Type.STRING), Argument.of("message", Type.STRING))
          .build();

  private final PubSub pubSub;

  ShardPublish(PubSub pubSub) {
    this.pubSub = pubSub;
  }

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    int receivers = pubSub.publishShard(call.slot(), Publish.message(call.request()), call.loop());
    call.reply().integer(receivers);
  }
}
