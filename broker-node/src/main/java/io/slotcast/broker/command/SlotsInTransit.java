package io.slotcast.broker.command;

import io.slotcast.broker.cluster.ClusterView;
import io.slotcast.broker.keyspace.Slot;
import io.slotcast.broker.keyspace.SlotTable;
import io.slotcast.broker.resp.Request;
import io.slotcast.router.Access;
import io.slotcast.router.Route;
import java.util.concurrent.TimeUnit;

/**
 * Requests for a slot that is between two owners: they wait until it is known who has it, and run
 * then as if they had just come.
 *
 * <p>Owned by its loop's thread.
 */
final class SlotsInTransit {
  private static final long LEASE_LOOK_MILLIS = 2;

  private final ClusterView cluster;
  private final SlotTable slots;
  private final HeldSlot held;

  SlotsInTransit(ClusterView cluster, SlotTable slots, HeldSlot held) {
    this.cluster = cluster;
    this.slots = slots;
    this.held = held;
  }

  /** Whether the request waits, for a slot that is handed over or that has just come here. */
  boolean awaitOwner(Route route, int number, Client client, Request request) {
    if (!(route instanceof Route.Down || route instanceof Route.Moved)) {
      return false;
    }
    Slot slot = slots.find(number);
    if (slot != null) {
      held.hold(slot);
      if (slot.isHeld()) {
        await(slot, client, request);
        return true;
      }
    }
    // A slot that has gone on to another node in the meantime is no longer waited for.
    if (route instanceof Route.Down && cluster.isGainedLately(number)) {
      awaitLease(client, request);
      return true;
    }
    return false;
  }

  /** Keys of the slot are being handed over: the request runs when that is done, from its route. */
  void await(Slot slot, Client client, Request request) {
    client.postpone(request);
    slot.whenLetGo(() -> client.loop().send(client::runPostponed, null));
  }

  /** The slot has just become this node's: its clients were sent here before its lease came. */
  private static void awaitLease(Client client, Request request) {
    client.postpone(request);
    client
        .loop()
        .eventLoop()
        .schedule(client::runPostponed, LEASE_LOOK_MILLIS, TimeUnit.MILLISECONDS);
  }

  /**
   * Whether a blocked client's slot is being handed over: then it is looked at again afterwards.
   */
  boolean awaitHandover(BlockedClient blocked) {
    Client client = blocked.client();
    held.hold(blocked.slot());
    try {
      boolean isHeld = blocked.slot().isHeld();
      if (isHeld) {
        blocked.slot().whenLetGo(() -> client.loop().send(client::redirectIfMoved, null));
      }
      return isHeld;
    } finally {
      held.release();
    }
  }

  /** What a writer is told whose slot went to another node between the route and its lock. */
  String notOurs(Client client, Slot slot) {
    Route route = cluster.router().route(slot.number(), Access.WRITE);
    boolean undecided = route instanceof Route.Local;
    return Redirect.text(undecided ? new Route.Down(false) : route, cluster, client);
  }
}
