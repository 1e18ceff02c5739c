package io.slotcast.broker.command.pubsub;

import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Client;
import io.slotcast.broker.command.ClientRegistry;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.net.Connection;
import io.slotcast.broker.pubsub.InterestGate;
import io.slotcast.broker.pubsub.PubSub;
import io.slotcast.broker.pubsub.SubscriptionKind;
import io.slotcast.broker.resp.RespWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * SUBSCRIBE, PSUBSCRIBE, SSUBSCRIBE and SPSUBSCRIBE: one confirmation for each channel or pattern,
 * with the number of the client's subscriptions after it.
 */
final class Subscribe implements Command {
  private final SubscriptionKind kind;
  private final CommandSpec spec;
  private final PubSub pubSub;
  private final ClientRegistry clients;
  private final InterestGate interest;
  private final ShardPatternRoute patternRoute;

  Subscribe(
      SubscriptionKind kind,
      PubSub pubSub,
      ClientRegistry clients,
      InterestGate interest,
      ShardPatternRoute patternRoute) {
    this.kind = kind;
    this.spec = SubscriptionSpecs.subscribe(kind);
    this.pubSub = pubSub;
    this.clients = clients;
    this.interest = interest;
    this.patternRoute = patternRoute;
  }

  @Override
  public CommandSpec spec() {
    return spec;
  }

  @Override
  public void run(Call call) {
    Client client = call.client();
    List<byte[]> names = new ArrayList<>();
    for (int i = 1; i < call.request().count(); i++) {
      names.add(call.request().bytes(i));
    }
    if (kind == SubscriptionKind.SHARD_PATTERN) {
      patternRoute.check(names, client);
    }
    boolean known = interest.announce(kind, names, call.loop(), () -> subscribeLate(client, names));
    if (known) {
      subscribe(client, names, call.reply());
      interest.subscribed(kind, names);
    } else {
      client.connection().suspend();
    }
  }

  /** The other nodes know: now the messages of their publishers come here. */
  private void subscribeLate(Client client, List<byte[]> names) {
    Connection connection = client.connection();
    connection.resumeAfter(
        () -> subscribe(client, names, new RespWriter(connection.reply(), connection.isResp3())));
    interest.subscribed(kind, names);
  }

  private void subscribe(Client client, List<byte[]> names, RespWriter reply) {
    for (byte[] name : names) {
      boolean isNew = pubSub.subscribe(client.subscriptions(), kind, name);
      reply.push(3);
      reply.bulk(kind.subscribeWord());
      reply.bulk(name);
      reply.integer(client.subscriptions().countShown(kind));
      if (isNew) {
        pubSub.replayMissed(client.connection(), kind, name);
      }
    }
    clients.limitOutput(client);
  }
}
