package io.slotcast.broker.command.pubsub;

import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Client;
import io.slotcast.broker.command.ClientRegistry;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.pubsub.PubSub;
import io.slotcast.broker.pubsub.SubscriptionKind;
import io.slotcast.broker.resp.RespWriter;

/**
 * SUBSCRIBE, PSUBSCRIBE, SSUBSCRIBE and SPSUBSCRIBE: one confirmation for each channel or pattern,
 * with the number of the client's subscriptions after it.
 */
final class Subscribe implements Command {
  private final SubscriptionKind kind;
  private final CommandSpec spec;
  private final PubSub pubSub;
  private final ClientRegistry clients;

  Subscribe(SubscriptionKind kind, PubSub pubSub, ClientRegistry clients) {
    this.kind = kind;
    this.spec = SubscriptionSpecs.subscribe(kind);
    this.pubSub = pubSub;
    this.clients = clients;
  }

  @Override
  public CommandSpec spec() {
    return spec;
  }

  @Override
  public void run(Call call) {
    Client client = call.client();
    RespWriter reply = call.reply();
    for (int i = 1; i < call.request().count(); i++) {
      byte[] name = call.request().bytes(i);
      pubSub.subscribe(client.subscriptions(), kind, name);
      reply.push(3);
      reply.bulk(kind.subscribeWord());
      reply.bulk(name);
      reply.integer(client.subscriptions().countShown(kind));
    }
    clients.limitOutput(client);
  }
}
