package io.slotcast.membership.resharding;

import static org.assertj.core.api.Assertions.assertThat;

import io.slotcast.membership.resharding.RebalancePlan.Move;
import io.slotcast.router.Node;
import io.slotcast.router.NodeId;
import io.slotcast.router.Shard;
import io.slotcast.router.ShardId;
import io.slotcast.router.SlotSet;
import io.slotcast.router.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RebalancePlanTest {
  private static final NodeId A = new NodeId("a".repeat(40));
  private static final NodeId B = new NodeId("b".repeat(40));
  private static final NodeId C = new NodeId("c".repeat(40));

  private static Topology topology(SlotSet a, SlotSet b, SlotSet c) {
    return new Topology(
        1,
        List.of(Node.plain(A, "h", 1), Node.plain(B, "h", 2), Node.plain(C, "h", 3)),
        List.of(shard("1", A, a), shard("2", B, b), shard("3", C, c)),
        List.of());
  }

  private static Shard shard(String digit, NodeId primary, SlotSet slots) {
    return new Shard(new ShardId(digit.repeat(40)), primary, List.of(), slots, 1);
  }

  /** What the topology is after all moves; each must be possible. */
  private static Topology after(Topology topology, List<Move> moves) throws Exception {
    Topology moved = topology;
    for (Move move : moves) {
      assertThat(moved.slotsOf(move.source()).containsAll(move.slots())).isTrue();
      moved = SlotChanges.give(move.slots(), move.source(), move.target()).apply(moved);
    }
    return moved;
  }

  @Test
  void aNewPrimaryGetsItsShareOfTheSlots() throws Exception {
    Topology before = topology(SlotSet.range(0, 8191), SlotSet.range(8192, 16383), SlotSet.empty());
    List<Move> moves = RebalancePlan.bySlots(before);
    Topology after = after(before, moves);

    assertThat(List.of(after.slotsOf(A).size(), after.slotsOf(B).size(), after.slotsOf(C).size()))
        .allMatch(size -> size == 5461 || size == 5462);
    assertThat(moves).allMatch(move -> move.target().equals(C)).hasSize(2);
  }

  @Test
  void whatIsEvenStays() {
    Topology even =
        topology(SlotSet.range(0, 5460), SlotSet.range(5461, 10922), SlotSet.range(10923, 16383));
    assertThat(RebalancePlan.bySlots(even)).isEmpty();
    assertThat(RebalancePlan.byKeys(even, slot -> 0)).isEmpty();
  }

  @Test
  void keysAreEvenedOutWhereSlotsAreNot() throws Exception {
    Topology before =
        topology(SlotSet.range(0, 5460), SlotSet.range(5461, 10922), SlotSet.range(10923, 16383));
    Random random = new Random(7);
    long[] keys = new long[16384];
    for (int slot = 0; slot < keys.length; slot++) {
      keys[slot] = slot < 3000 ? random.nextInt(500) : random.nextInt(5);
    }
    Topology after = after(before, RebalancePlan.byKeys(before, slot -> keys[slot]));

    List<Long> totals = new ArrayList<>();
    for (NodeId node : List.of(A, B, C)) {
      totals.add(after.slotsOf(node).stream().mapToLong(slot -> keys[slot]).sum());
    }
    long most = totals.stream().mapToLong(total -> total).max().orElseThrow();
    long least = totals.stream().mapToLong(total -> total).min().orElseThrow();
    assertThat(most - least).isLessThanOrEqualTo(1);
  }

  @Test
  void oneHugeSlotStaysWhereItIs() {
    Topology before = topology(SlotSet.range(0, 0), SlotSet.range(1, 1), SlotSet.range(2, 2));
    assertThat(RebalancePlan.byKeys(before, slot -> slot == 0 ? 1_000_000 : 10)).isEmpty();
  }
}
