package io.slotcast.broker.command.cluster;

import io.slotcast.broker.cluster.ClusterView;
import io.slotcast.broker.command.Call;
import io.slotcast.router.Shard;
import io.slotcast.router.SlotHash;
import java.util.stream.IntStream;

/**
 * How {@code redis-cli --cluster fix} gives a slot an owner, in one transaction: DELSLOTS and
 * ADDSLOTS of the slot, SETSLOT STABLE, BUMPEPOCH. No reply can wait in there, so:
 *
 * <ul>
 *   <li>An owner that is told so keeps its slot: there is nothing to agree on. A slot that is open
 *       stays so, for its move is one and the same at both ends, and redis-cli still has keys to
 *       fetch from the other; it says STABLE there when it has them.
 *   <li>A slot that nobody has becomes this node's soon after the reply.
 * </ul>
 */
final class SlotClaim {
  private SlotClaim() {}

  /** Whether a transaction claims that slot, and no other node has it. */
  static boolean covers(Call call, ClusterView cluster, int slot) {
    return call.isInTransaction()
        && isFree(cluster, slot)
        && names(call, "DELSLOTS", slot)
        && names(call, "ADDSLOTS", slot);
  }

  private static boolean isFree(ClusterView cluster, int slot) {
    Shard owner = cluster.topology().ownerOf(slot);
    return owner == null || owner.primary().equals(cluster.self());
  }

  /** Whether a transaction claims a slot. */
  static boolean isIn(Call call, ClusterView cluster) {
    return call.isInTransaction()
        && named(call, "DELSLOTS").anyMatch(slot -> covers(call, cluster, slot));
  }

  private static boolean names(Call call, String subcommand, int slot) {
    return named(call, subcommand).anyMatch(named -> named == slot);
  }

  /** The slots of those of the queued requests that name a single one. */
  private static IntStream named(Call call, String subcommand) {
    return call.client().transaction().requests().stream()
        .filter(request -> request.count() == 3 && request.isLong(2))
        .filter(request -> request.is(0, "CLUSTER") && request.is(1, subcommand))
        .mapToLong(request -> request.toLong(2))
        .filter(slot -> slot >= 0 && slot < SlotHash.SLOTS)
        .mapToInt(Math::toIntExact);
  }
}
