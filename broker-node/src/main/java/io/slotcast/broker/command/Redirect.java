package io.slotcast.broker.command;

import io.slotcast.broker.cluster.ClusterView;
import io.slotcast.router.Node;
import io.slotcast.router.Route;

/** What a client is told of a route that is not here, in Redis' words. */
public final class Redirect {
  private Redirect() {}

  /** The error reply for any route but {@link Route.Local}. */
  public static String text(Route route, ClusterView cluster, Client client) {
    return switch (route) {
      case Route.Moved moved ->
          "MOVED " + moved.slot() + " " + address(moved.owner(), cluster, client);
      case Route.Ask ask -> "ASK " + ask.slot() + " " + address(ask.target(), cluster, client);
      case Route.CrossSlot() -> "CROSSSLOT Keys in request don't hash to the same slot";
      case Route.TryAgain() -> "TRYAGAIN Multiple keys request during rehashing of slot";
      case Route.Unassigned unassigned -> "CLUSTERDOWN Hash slot not served";
      case Route.Down down ->
          down.readsAllowed()
              ? "CLUSTERDOWN The cluster is down and only accepts read commands"
              : "CLUSTERDOWN The cluster is down";
      case Route.Local local -> throw new IllegalArgumentException("not a redirect: " + local);
    };
  }

  private static String address(Node node, ClusterView cluster, Client client) {
    return cluster.endpoint(node) + ":" + node.portFor(client.connection().isTls());
  }
}
