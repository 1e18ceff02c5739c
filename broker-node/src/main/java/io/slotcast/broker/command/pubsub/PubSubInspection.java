package io.slotcast.broker.command.pubsub;

import static io.slotcast.broker.command.CommandFlag.LOADING;
import static io.slotcast.broker.command.CommandFlag.PUBSUB;
import static io.slotcast.broker.command.CommandFlag.STALE;

import io.slotcast.broker.bytes.GlobPattern;
import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandDoc.Type;
import io.slotcast.broker.command.CommandException;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.command.ContainerCommand;
import io.slotcast.broker.pubsub.PubSub;
import io.slotcast.broker.pubsub.SubscriptionKind;
import java.util.List;

/** PUBSUB CHANNELS, NUMSUB, NUMPAT, SHARDCHANNELS and SHARDNUMSUB: what this node knows. */
final class PubSubInspection {
  private PubSubInspection() {}

  static Command command(PubSub pubSub) {
    CommandSpec container =
        CommandSpec.command("pubsub", -2)
            .categories(AclCategory.SLOW)
            .doc("pubsub", "2.8.0", "A container for commands about subscriptions.")
            .complexity("Depends on subcommand.")
            .build();
    return new ContainerCommand(
        container,
        List.of(
            new Channels("channels", SubscriptionKind.CHANNEL, "2.8.0", pubSub),
            new NumPat(pubSub),
            new NumSub("numsub", SubscriptionKind.CHANNEL, "2.8.0", pubSub),
            new Channels("shardchannels", SubscriptionKind.SHARD_CHANNEL, "7.0.0", pubSub),
            new NumSub("shardnumsub", SubscriptionKind.SHARD_CHANNEL, "7.0.0", pubSub)));
  }

  /** CHANNELS and SHARDCHANNELS [pattern]: the channels with a subscriber here. */
  private static final class Channels implements Command {
    private final CommandSpec spec;
    private final SubscriptionKind kind;
    private final PubSub pubSub;

    Channels(String name, SubscriptionKind kind, String since, PubSub pubSub) {
      this.kind = kind;
      this.pubSub = pubSub;
      this.spec =
          CommandSpec.command(name, -2)
              .flags(PUBSUB, LOADING, STALE)
              .doc("pubsub", since, "Lists the channels that have a subscriber on this node.")
              .complexity("O(N) where N is the number of active channels.")
              .arguments(Argument.of("pattern", Type.PATTERN).asOptional())
              .build();
    }

    @Override
    public CommandSpec spec() {
      return spec;
    }

    @Override
    public void run(Call call) {
      if (call.request().count() > 3) {
        throw CommandException.unknownSubcommand(call.request(), "PUBSUB");
      }
      GlobPattern pattern =
          call.request().count() == 3 ? new GlobPattern(call.request().bytes(2)) : null;
      List<byte[]> names = pubSub.names(kind, pattern);
      call.reply().array(names.size());
      names.forEach(call.reply()::bulk);
    }
  }

  /** NUMSUB and SHARDNUMSUB [channel …]: subscribers here, by channel; never redirected. */
  private static final class NumSub implements Command {
    private final CommandSpec spec;
    private final SubscriptionKind kind;
    private final PubSub pubSub;

    NumSub(String name, SubscriptionKind kind, String since, PubSub pubSub) {
      this.kind = kind;
      this.pubSub = pubSub;
      String argument = kind.isShard() ? "shardchannel" : "channel";
      this.spec =
          CommandSpec.command(name, -2)
              .flags(PUBSUB, LOADING, STALE)
              .doc("pubsub", since, "Counts the subscribers of channels on this node.")
              .complexity("O(N) where N is the number of requested channels.")
              .arguments(Argument.of(argument, Type.STRING).asOptional().asMultiple())
              .build();
    }

    @Override
    public CommandSpec spec() {
      return spec;
    }

    @Override
    public void run(Call call) {
      int count = call.request().count();
      call.reply().array((count - 2) * 2L);
      for (int i = 2; i < count; i++) {
        byte[] channel = call.request().bytes(i);
        call.reply().bulk(channel);
        call.reply().integer(pubSub.subscribers(kind, channel));
      }
    }
  }

  /** NUMPAT: how many patterns are subscribed to here. */
  private static final class NumPat implements Command {
    private static final CommandSpec SPEC =
        CommandSpec.command("numpat", 2)
            .flags(PUBSUB, LOADING, STALE)
            .doc("pubsub", "2.8.0", "Counts the patterns that have a subscriber on this node.")
            .build();

    private final PubSub pubSub;

    NumPat(PubSub pubSub) {
      this.pubSub = pubSub;
    }

    @Override
    public CommandSpec spec() {
      return SPEC;
    }

    @Override
    public void run(Call call) {
      call.reply().integer(pubSub.count(SubscriptionKind.PATTERN));
    }
  }
}
