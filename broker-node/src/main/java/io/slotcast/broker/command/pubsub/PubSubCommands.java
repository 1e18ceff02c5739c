package io.slotcast.broker.command.pubsub;

import io.slotcast.broker.cluster.ClusterView;
import io.slotcast.broker.command.ClientRegistry;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.pubsub.InterestGate;
import io.slotcast.broker.pubsub.PubSub;
import io.slotcast.broker.pubsub.SubscriptionKind;
import java.util.ArrayList;
import java.util.List;

/** The pubsub family. */
public final class PubSubCommands {
  private PubSubCommands() {}

  public static List<Command> all(
      PubSub pubSub, ClientRegistry clients, InterestGate interest, ClusterView cluster) {
    ShardPatternRoute patternRoute = new ShardPatternRoute(cluster);
    List<Command> commands = new ArrayList<>();
    commands.add(new Publish(pubSub));
    commands.add(new ShardPublish(pubSub));
    for (SubscriptionKind kind : SubscriptionKind.values()) {
      commands.add(new Subscribe(kind, pubSub, clients, interest, patternRoute));
      commands.add(new Unsubscribe(kind, pubSub, clients));
    }
    commands.add(PubSubInspection.command(pubSub));
    return commands;
  }
}
