package io.slotcast.membership.resharding;

import io.slotcast.router.NodeId;
import io.slotcast.router.Shard;
import io.slotcast.router.SlotSet;
import io.slotcast.router.Topology;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.function.IntToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Which slots to move so that the primaries share slots, or keys, evenly; with few moves. Pure
 * functions of their arguments.
 */
public final class RebalancePlan {
  private RebalancePlan() {}

  /** Slots that go from one primary to another. */
  public record Move(NodeId source, NodeId target, SlotSet slots) {}

  /**
   * Evens out how many slots the primaries have: afterwards they differ by one at most, and no slot
   * moves that need not. Donors give their highest slots.
   */
  public static List<Move> bySlots(Topology topology) {
    return even(topology, slot -> 1);
  }

  /**
   * Evens out how many keys the primaries have, by moving from the fullest to the emptiest as long
   * as that brings the two closer: the largest slot that does, so that few move.
   *
   * @param keys how many keys a slot has
   */
  public static List<Move> byKeys(Topology topology, IntToLongFunction keys) {
    return even(topology, keys);
  }

  private static List<Move> even(Topology topology, IntToLongFunction weight) {
    List<Load> loads = topology.shards().stream().map(shard -> Load.of(shard, weight)).toList();
    Map<Pair, SlotSet> moved = new LinkedHashMap<>();
    while (loads.size() > 1) {
      Load full = loads.stream().max(Comparator.comparingLong(Load::total)).orElseThrow();
      Load empty = loads.stream().min(Comparator.comparingLong(Load::total)).orElseThrow();
      long difference = full.total - empty.total;
      Weighed slot = full.largestUpTo(difference / 2);
      if (slot == null) {
        break;
      }
      full.take(slot);
      empty.give(slot.weight());
      moved.merge(
          new Pair(full.node, empty.node), SlotSet.range(slot.slot(), slot.slot()), SlotSet::union);
    }
    List<Move> moves = new ArrayList<>();
    moved.forEach((pair, slots) -> moves.add(new Move(pair.source(), pair.target(), slots)));
    return moves;
  }

  private record Pair(NodeId source, NodeId target) {}

  private record Weighed(long weight, int slot) {}

  /** A primary's slots while they are shared out anew; what comes does not go on. */
  private static final class Load {
    private static final Comparator<Weighed> ORDER =
        Comparator.comparingLong(Weighed::weight).thenComparingInt(Weighed::slot);

    private final NodeId node;
    private final NavigableSet<Weighed> slots = new TreeSet<>(ORDER);
    private long total;

    private Load(NodeId node) {
      this.node = node;
    }

    static Load of(Shard shard, IntToLongFunction weight) {
      Load load = new Load(shard.primary());
      for (int slot : shard.slots().toArray()) {
        long weighs = weight.applyAsLong(slot);
        load.total += weighs;
        if (weighs > 0) {
          load.slots.add(new Weighed(weighs, slot));
        }
      }
      return load;
    }

    long total() {
      return total;
    }

    /** The heaviest slot of at most so much; null if there is none. */
    @Nullable Weighed largestUpTo(long weight) {
      return weight < 1 ? null : slots.floor(new Weighed(weight, Integer.MAX_VALUE));
    }

    void take(Weighed slot) {
      slots.remove(slot);
      total -= slot.weight();
    }

    void give(long weight) {
      total += weight;
    }
  }
}
