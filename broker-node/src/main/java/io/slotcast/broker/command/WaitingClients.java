package io.slotcast.broker.command;

import io.slotcast.broker.cluster.ClusterView;
import io.slotcast.broker.keyspace.Slot;
import io.slotcast.broker.net.IoLoop;
import io.slotcast.broker.resp.GrowingSink;
import io.slotcast.broker.resp.RespWriter;
import io.slotcast.router.Route;
import io.slotcast.router.SlotRouter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the commands of clients that wait for keys again when those have changed, and sends on those
 * whose slot has gone elsewhere.
 *
 * <p>Owned by its loop's thread.
 */
public final class WaitingClients {
  private static final Logger log = LoggerFactory.getLogger(WaitingClients.class);

  private final IoLoop loop;
  private final CommandTable commands;
  private final ClusterView cluster;
  private final ErrorStatistics errors;
  private final HeldSlot held;
  private final SlotsInTransit inTransit;

  WaitingClients(
      IoLoop loop,
      CommandTable commands,
      ClusterView cluster,
      ErrorStatistics errors,
      HeldSlot held,
      SlotsInTransit inTransit) {
    this.loop = loop;
    this.commands = commands;
    this.cluster = cluster;
    this.errors = errors;
    this.held = held;
    this.inTransit = inTransit;
  }

  /**
   * What was written may be what others wait for: it is theirs before the lock is let go, which
   * this thread, the loop's, holds.
   */
  public void serve(Slot slot) {
    if (slot.waiters().isDue()) {
      slot.waiters()
          .serve(
              slot.keys(),
              loop.millis(),
              waiter -> waiter instanceof BlockedClient blocked && runAgain(blocked));
    }
  }

  /** Changes keys of a slot for no command; who waits for them tries again. Between batches. */
  void change(Slot slot, Runnable change) {
    held.hold(slot);
    try {
      change.run();
      serve(slot);
    } finally {
      held.release();
    }
  }

  /** What is due in a key by now happens, and those who wait for it try again. Between batches. */
  public void wake(Slot slot, byte[] key) {
    change(slot, () -> slot.keys().wake(key, loop.millis()));
  }

  /** Runs a client's command again, under its slot's lock; returns whether it waits no longer. */
  private boolean runAgain(BlockedClient blocked) {
    GrowingSink reply = new GrowingSink(64);
    RespWriter to = new RespWriter(reply, blocked.isResp3());
    Call again = new Call(loop::millis, to, commands, Call.Mode.AGAIN);
    again.begin(blocked.client(), blocked.command(), blocked.request(), blocked.slot());
    try {
      blocked.command().command().run(again);
      again.passEffectsOn();
      if (again.waits()) {
        return false;
      }
    } catch (CommandException error) {
      errors.count(error.text());
      blocked.command().statistics().failed();
      to.error(error.text());
    } catch (RuntimeException bug) {
      log.error("Command {} failed", blocked.command().fullName(), bug);
      to.error("ERR internal error, see the log");
    }
    blocked.served(reply.toBytes(), blocked.slot().effects().lastOffset(), loop);
    return true;
  }

  /** A client that waits for keys which this node no longer serves is sent where they are. */
  void redirectIfMoved(Client client) {
    BlockedClient blocked = client.blocked();
    KeyFinder finder = blocked == null ? null : blocked.command().keys();
    if (blocked == null || finder == null) {
      return;
    }
    int slot = blocked.slot().number();
    SlotRouter router = cluster.router();
    Route route = router.route(slot, client.accessFor(blocked.command()));
    boolean isElsewhere = !(route instanceof Route.Local) && !router.isImporting(slot);
    if (isElsewhere && !inTransit.awaitHandover(blocked)) {
      blocked.unblock(Redirect.text(route, cluster, client));
    }
  }
}
