package io.slotcast.membership.resharding;

import io.slotcast.membership.TopologyChange;
import io.slotcast.membership.TopologyChange.RefusedException;
import io.slotcast.router.Node;
import io.slotcast.router.NodeId;
import io.slotcast.router.Shard;
import io.slotcast.router.SlotMove;
import io.slotcast.router.SlotSet;
import io.slotcast.router.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Opens slots, gives them to another shard, closes them. Each change says what it expects, and does
 * nothing where that has come to pass already, so that it can be asked for twice.
 */
public final class SlotChanges {
  private SlotChanges() {}

  /** A slot is under way from its owner to another primary. */
  public static TopologyChange open(int slot, NodeId source, NodeId target) {
    return found -> {
      SlotMove wanted = new SlotMove(slot, source, target);
      SlotMove before = found.moveOf(slot);
      if (wanted.equals(before)) {
        return found;
      }
      if (before != null) {
        throw new RefusedException(
            "slot "
                + slot
                + " is under way already, from "
                + before.source()
                + " to "
                + before.target());
      }
      Shard owner = found.ownerOf(slot);
      if (owner == null || !owner.primary().equals(source)) {
        throw new RefusedException("node " + source + " is not the owner of slot " + slot);
      }
      if (source.equals(target)) {
        throw new RefusedException("node " + source + " is the owner of slot " + slot);
      }
      primary(found, target);
      List<SlotMove> moves = new ArrayList<>(found.moves());
      moves.add(wanted);
      return found.withMoves(moves);
    };
  }

  /** A slot is no longer under way; its owner keeps it. */
  public static TopologyChange close(int slot) {
    return found ->
        found.moveOf(slot) == null
            ? found
            : found.withMoves(found.moves().stream().filter(move -> move.slot() != slot).toList());
  }

  /**
   * Slots of {@code source} become those of {@code target}, both primaries; they are no longer
   * under way.
   */
  public static TopologyChange give(SlotSet slots, NodeId source, NodeId target) {
    return found -> {
      Shard to = primary(found, target);
      if (to.slots().containsAll(slots)) {
        return found;
      }
      Shard from = primary(found, source);
      SlotSet left = slots.minus(to.slots());
      if (!from.slots().containsAll(left)) {
        throw new RefusedException("node " + source + " is no longer the owner of " + slots);
      }
      return found
          .withShard(with(from, from.slots().minus(left), found))
          .withShard(with(to, to.slots().union(left), found))
          .withMoves(found.moves().stream().filter(move -> !slots.contains(move.slot())).toList());
    };
  }

  /**
   * As {@link #give(SlotSet, NodeId, NodeId)}, of slots whose keys {@code target} got in its {@code
   * run}: refused once the node is in another.
   */
  public static TopologyChange give(SlotSet slots, NodeId source, NodeId target, long run) {
    TopologyChange giving = give(slots, source, target);
    return found -> {
      Node node = found.node(target);
      if (node != null && node.run() != run && !found.slotsOf(target).containsAll(slots)) {
        throw new RefusedException("node " + target + " was restarted");
      }
      return giving.apply(found);
    };
  }

  /** Slots that nobody owns become those of {@code target}. */
  public static TopologyChange assign(SlotSet slots, NodeId target) {
    return found -> {
      Shard to = primary(found, target);
      SlotSet left = slots.minus(to.slots());
      if (left.isEmpty()) {
        return found;
      }
      if (found.assigned().intersects(left)) {
        throw new RefusedException("of " + slots + " some have an owner");
      }
      return found.withShard(with(to, to.slots().union(left), found));
    };
  }

  private static Shard primary(Topology found, NodeId node) throws RefusedException {
    Shard shard = found.shardOf(node).orElse(null);
    if (shard == null || !shard.primary().equals(node)) {
      throw new RefusedException("node " + node + " is not a primary");
    }
    return Objects.requireNonNull(shard);
  }

  private static Shard with(Shard shard, SlotSet slots, Topology found) {
    return new Shard(shard.id(), shard.primary(), shard.replicas(), slots, found.epoch() + 1);
  }
}
