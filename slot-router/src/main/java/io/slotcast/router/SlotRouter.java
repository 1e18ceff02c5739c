package io.slotcast.router;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Answers where a command belongs, by one node's snapshot of the topology. Immutable: a node makes
 * a new router for each topology that it learns, with writes waiting for it. The routes that do not
 * depend on the keys are made once, when they are first asked for, so that neither a new topology
 * nor routing a command costs much.
 */
public final class SlotRouter {
  private static final Route NO_KEYS = new Route.Local(-1);
  private static final Route CROSS_SLOT = new Route.CrossSlot();
  private static final Route TRY_AGAIN = new Route.TryAgain();
  private static final Route DOWN = new Route.Down(false);
  private static final Route DOWN_FOR_WRITES = new Route.Down(true);

  private final Topology topology;
  private final NodeId self;
  private final RoutingPolicy policy;
  private final ServingRight right;
  private final boolean covered;

  /**
   * By slot: Local where this node is the primary, else Moved or Unassigned; null before it was
   * asked for. Threads may each make a slot's route, which is the same: routes are immutable.
   */
  private final @Nullable Route[] byKey = new Route[SlotHash.SLOTS];

  /**
   * By slot: as {@code byKey}, but Local on every node of the owning shard, replicas included,
   * which need no right for what they may do.
   */
  private final @Nullable Route[] byMember = new Route[SlotHash.SLOTS];

  /** Local for each slot under way to this node, for a caller that follows an ASK. */
  private final Map<Integer, Route> importing = new HashMap<>();

  /**
   * @param live who is thought alive: a shard none of whose nodes is leaves its slots uncovered
   */
  public SlotRouter(
      Topology topology, NodeId self, RoutingPolicy policy, ServingRight right, Set<NodeId> live) {
    this.topology = topology;
    this.self = self;
    this.policy = policy;
    this.right = right;
    this.covered = isCovered(topology, live);
    for (SlotMove move : topology.moves()) {
      if (move.target().equals(self)) {
        importing.put(move.slot(), new Route.Local(move.slot(), false));
      }
    }
  }

  public Topology topology() {
    return topology;
  }

  private static boolean isCovered(Topology topology, Set<NodeId> live) {
    return topology.assigned().size() == SlotHash.SLOTS
        && topology.shards().stream()
            .allMatch(shard -> shard.slots().isEmpty() || shard.members().anyMatch(live::contains));
  }

  /**
   * Whether every slot has an owner of whose shard somebody lives, or none need have one: half of
   * {@code cluster_state:ok}.
   */
  public boolean isCovered() {
    return covered || !policy.requireFullCoverage();
  }

  /**
   * Where a command belongs.
   *
   * @param keys its keys or shard channels
   * @param access what it does with them
   * @param asking whether the caller said ASKING just before
   */
  public Route route(Keys keys, Access access, boolean asking) {
    int count = keys.count();
    if (count == 0) {
      return NO_KEYS;
    }
    int slot = keys.slot(0);
    for (int i = 1; i < count; i++) {
      if (keys.slot(i) != slot) {
        return CROSS_SLOT;
      }
    }
    Route route = route(slot, access);
    return topology.moves().isEmpty() ? route : routeUnderWay(route, slot, keys, access, asking);
  }

  /** Where a command on one slot belongs, were the slot not under way. */
  public Route route(int slot, Access access) {
    boolean ofMember = access == Access.SHARD_CHANNEL || access == Access.REPLICA_READ;
    Route route = ofMember ? ofMember(slot) : ofKey(slot);
    if (route instanceof Route.Unassigned) {
      return route;
    }
    if (!isCovered()) {
      Route down = whileDown(access);
      if (down != null) {
        return down;
      }
    }
    if (route instanceof Route.Local local && local.owned() && !right.holds(slot)) {
      Route down = whileDown(access);
      if (down != null) {
        return down;
      }
    }
    return route;
  }

  private Route ofKey(int slot) {
    Route known = byKey[slot];
    if (known != null) {
      return known;
    }
    Node primary = topology.primaryOf(slot);
    Route made;
    if (primary == null) {
      made = new Route.Unassigned(slot);
    } else if (primary.id().equals(self)) {
      made = new Route.Local(slot);
    } else {
      made = new Route.Moved(slot, primary);
    }
    byKey[slot] = made;
    return made;
  }

  private Route ofMember(int slot) {
    Route known = byMember[slot];
    if (known != null) {
      return known;
    }
    Shard owner = topology.ownerOf(slot);
    boolean isReplica = owner != null && owner.replicas().contains(self);
    Route made = isReplica ? new Route.Local(slot, false) : ofKey(slot);
    byMember[slot] = made;
    return made;
  }

  private @Nullable Route whileDown(Access access) {
    return switch (access) {
      case SHARD_CHANNEL -> policy.allowShardChannelsWhenDown() ? null : DOWN;
      case READ, REPLICA_READ -> policy.allowReadsWhenDown() ? null : DOWN;
      case WRITE, TRANSFER -> policy.allowReadsWhenDown() ? DOWN_FOR_WRITES : DOWN;
    };
  }

  private Route routeUnderWay(Route route, int slot, Keys keys, Access access, boolean asking) {
    SlotMove move = topology.moveOf(slot);
    if (move == null) {
      return route;
    }
    if (access == Access.TRANSFER || access == Access.SHARD_CHANNEL) {
      boolean isAtHome = asking || access == Access.TRANSFER;
      return isAtHome ? importing.getOrDefault(slot, route) : route;
    }
    if (route instanceof Route.Local && move.source().equals(self)) {
      int present = present(keys);
      Node target = topology.node(move.target());
      if (present == keys.count() || target == null) {
        return route;
      }
      return present == 0 ? new Route.Ask(slot, target) : TRY_AGAIN;
    }
    if (asking && move.target().equals(self)) {
      boolean torn = isSeveral(keys) && present(keys) < keys.count();
      return torn ? TRY_AGAIN : importing.getOrDefault(slot, route);
    }
    return route;
  }

  /** Whether a slot is under way to this node, so that a caller that says ASKING is served. */
  public boolean isImporting(int slot) {
    return importing.containsKey(slot);
  }

  /** Whether the keys are not all the same one. */
  private static boolean isSeveral(Keys keys) {
    for (int i = 1; i < keys.count(); i++) {
      if (!keys.isFirstAgain(i)) {
        return true;
      }
    }
    return false;
  }

  private static int present(Keys keys) {
    int present = 0;
    for (int i = 0; i < keys.count(); i++) {
      present += keys.isPresent(i) ? 1 : 0;
    }
    return present;
  }

  @Override
  public String toString() {
    return "SlotRouter[" + self + " at epoch " + topology.epoch() + "]";
  }
}
