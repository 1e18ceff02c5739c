package io.slotcast.broker.command.client;

import io.slotcast.broker.command.Client;
import io.slotcast.broker.command.CommandException;
import io.slotcast.broker.resp.Request;

/** The classes of clients that CLIENT LIST and CLIENT KILL tell apart. */
enum ClientClass {
  NORMAL,
  /** There are none: nodes are linked by connections of their own. */
  MASTER,
  /** As {@link #MASTER}. */
  REPLICA,
  PUBSUB;

  static ClientClass of(Client client) {
    return client.subscriptions().total() > 0 ? PUBSUB : NORMAL;
  }

  static ClientClass named(Request request, int i) {
    if (request.is(i, "NORMAL")) {
      return NORMAL;
    }
    if (request.is(i, "MASTER")) {
      return MASTER;
    }
    if (request.is(i, "REPLICA") || request.is(i, "SLAVE")) {
      return REPLICA;
    }
    if (request.is(i, "PUBSUB")) {
      return PUBSUB;
    }
    throw new CommandException("ERR Unknown client type '" + request.text(i) + "'");
  }
}
