package io.slotcast.broker.command.pubsub;

import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Client;
import io.slotcast.broker.command.ClientRegistry;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.pubsub.PubSub;
import io.slotcast.broker.pubsub.SubscriptionKind;
import io.slotcast.broker.resp.RespWriter;
import org.jspecify.annotations.Nullable;

/**
 * UNSUBSCRIBE, PUNSUBSCRIBE, SUNSUBSCRIBE and SPUNSUBSCRIBE: from the channels named, or from all;
 * one confirmation each, and one with a null where there was nothing to end.
 */
final class Unsubscribe implements Command {
  private final SubscriptionKind kind;
  private final CommandSpec spec;
  private final PubSub pubSub;
  private final ClientRegistry clients;

  Unsubscribe(SubscriptionKind kind, PubSub pubSub, ClientRegistry clients) {
    this.kind = kind;
    this.spec = SubscriptionSpecs.unsubscribe(kind);
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
    if (call.request().count() > 1) {
      for (int i = 1; i < call.request().count(); i++) {
        unsubscribe(client, call.request().bytes(i), call.reply());
      }
    } else if (client.subscriptions().count(kind) == 0) {
      confirm(client, null, call.reply());
    } else {
      for (byte[] name : client.subscriptions().names(kind)) {
        unsubscribe(client, name, call.reply());
      }
    }
    clients.limitOutput(client);
  }

  private void unsubscribe(Client client, byte[] name, RespWriter reply) {
    pubSub.unsubscribe(client.subscriptions(), kind, name);
    confirm(client, name, reply);
  }

  private void confirm(Client client, byte @Nullable [] name, RespWriter reply) {
    reply.push(3);
    reply.bulk(kind.unsubscribeWord());
    if (name == null) {
      reply.nil();
    } else {
      reply.bulk(name);
    }
    reply.integer(client.subscriptions().countShown(kind));
  }
}
