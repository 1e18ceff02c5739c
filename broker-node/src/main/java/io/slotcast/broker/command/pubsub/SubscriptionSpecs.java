package io.slotcast.broker.command.pubsub;

import static io.slotcast.broker.command.CommandFlag.LOADING;
import static io.slotcast.broker.command.CommandFlag.NOSCRIPT;
import static io.slotcast.broker.command.CommandFlag.PUBSUB;
import static io.slotcast.broker.command.CommandFlag.STALE;

import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandDoc.Type;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.command.KeySpec;
import io.slotcast.broker.pubsub.SubscriptionKind;
import java.nio.charset.StandardCharsets;

/** The specs of the eight commands that begin and end subscriptions, which differ little. */
final class SubscriptionSpecs {
  private SubscriptionSpecs() {}

  static CommandSpec subscribe(SubscriptionKind kind) {
    return builder(kind, kind.subscribeWord(), -2, "Listens for messages published to ")
        .complexity("O(N) where N is the number of " + plural(kind) + " to subscribe to.")
        .arguments(argument(kind).asMultiple())
        .build();
  }

  static CommandSpec unsubscribe(SubscriptionKind kind) {
    return builder(kind, kind.unsubscribeWord(), -1, "Stops listening to messages of ")
        .complexity("O(N) where N is the number of " + plural(kind) + " to unsubscribe from.")
        .arguments(argument(kind).asOptional().asMultiple())
        .build();
  }

  private static CommandSpec.Builder builder(
      SubscriptionKind kind, byte[] name, int arity, String summary) {
    CommandSpec.Builder builder =
        CommandSpec.command(new String(name, StandardCharsets.US_ASCII), arity)
            .flags(PUBSUB, NOSCRIPT, LOADING, STALE)
            .doc("pubsub", since(kind), summary + plural(kind) + ".");
    // A shard pattern is routed by its hash tag, where it has one: see ShardPatternRoute.
    return kind == SubscriptionKind.SHARD_CHANNEL
        ? builder.keys(KeySpec.range(1, -1, 1, KeySpec.Flag.NOT_KEY))
        : builder;
  }

  private static String since(SubscriptionKind kind) {
    return switch (kind) {
      case CHANNEL, PATTERN -> "2.0.0";
      case SHARD_CHANNEL -> "7.0.0";
      case SHARD_PATTERN -> "0.1.0";
    };
  }

  private static String plural(SubscriptionKind kind) {
    return switch (kind) {
      case CHANNEL -> "channels";
      case PATTERN -> "patterns";
      case SHARD_CHANNEL -> "shard channels";
      case SHARD_PATTERN -> "shard channels that match patterns";
    };
  }

  private static Argument argument(SubscriptionKind kind) {
    return switch (kind) {
      case CHANNEL -> Argument.of("channel", Type.STRING);
      case SHARD_CHANNEL -> Argument.of("shardchannel", Type.STRING);
      case PATTERN, SHARD_PATTERN -> Argument.of("pattern", Type.PATTERN);
    };
  }
}
