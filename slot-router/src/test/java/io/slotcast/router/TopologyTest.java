package io.slotcast.router;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class TopologyTest {
  private static final List<Node> NODES = List.of(Cluster.A, Cluster.B, Cluster.A_REPLICA);

  @Test
  void everySlotKnowsItsOwner() {
    Topology topology = Cluster.whole();

    assertThat(topology.ownerOf(0)).isEqualTo(Cluster.FIRST);
    assertThat(topology.primaryOf(16_383)).isEqualTo(Cluster.B);
    assertThat(topology.assigned()).isEqualTo(SlotSet.all());
    assertThat(topology.slotsOf(Cluster.A.id())).isEqualTo(SlotSet.range(0, 8191));
    assertThat(topology.slotsOf(Cluster.A_REPLICA.id())).isEqualTo(SlotSet.empty());
    assertThat(topology.shardOf(Cluster.A_REPLICA.id())).contains(Cluster.FIRST);
  }

  @Test
  void aSlotWithTwoOwnersCannotBeWrittenDown() {
    Shard greedy =
        new Shard(Cluster.shardId(3), Cluster.B.id(), List.of(), SlotSet.range(8191, 9000), 1);

    assertThatThrownBy(() -> new Topology(1, NODES, List.of(Cluster.FIRST, greedy), List.of()))
        .hasMessage("slot 8191 has two owners");
  }

  @Test
  void aNodeInTwoShardsCannotBeWrittenDown() {
    Shard twice =
        new Shard(Cluster.shardId(3), Cluster.A_REPLICA.id(), List.of(), SlotSet.empty(), 1);

    assertThatThrownBy(() -> new Topology(1, NODES, List.of(Cluster.FIRST, twice), List.of()))
        .hasMessage("node " + Cluster.A_REPLICA.id() + " is in two shards");
    assertThatThrownBy(
            () ->
                new Shard(
                    Cluster.shardId(3),
                    Cluster.A.id(),
                    List.of(Cluster.A.id()),
                    SlotSet.empty(),
                    1))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aShardOfAnUnknownNodeCannotBeWrittenDown() {
    assertThatThrownBy(() -> new Topology(1, List.of(Cluster.A), List.of(Cluster.FIRST), List.of()))
        .hasMessageContaining("names the unknown node " + Cluster.A_REPLICA.id());
  }

  @Test
  void anIdIsFortyHexadecimalCharacters() {
    assertThatThrownBy(() -> new NodeId("abc")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new NodeId("G".repeat(40)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(new NodeId("0".repeat(40))).isLessThan(new NodeId("f".repeat(40)));
  }

  @Test
  void aReplicaLeavesItsShardAndALastMemberTakesItAlong() {
    Topology withoutReplica = Cluster.whole().withoutNode(Cluster.A_REPLICA.id());
    assertThat(withoutReplica.shardOf(Cluster.A.id()).orElseThrow().replicas()).isEmpty();

    Topology withoutB = withoutReplica.withoutNode(Cluster.B.id());
    assertThat(withoutB.ownerOf(16_383)).isNull();
    assertThat(withoutB.shards()).hasSize(1);
  }

  @Test
  void aPrimaryWithReplicasCannotBeTakenOut() {
    assertThatThrownBy(() -> Cluster.whole().withoutNode(Cluster.A.id()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aNodeThatGoesTakesItsMovesAlong() {
    Topology moving =
        Cluster.whole()
            .withMoves(List.of(new SlotMove(9000, Cluster.B.id(), Cluster.A.id())))
            .withoutNode(Cluster.B.id());

    assertThat(moving.moves()).isEmpty();
  }

  @Test
  void anHeirTakesThePlaceOfItsPrimaryAlsoWhereSlotsMove() {
    Topology after =
        Cluster.whole()
            .withMoves(
                List.of(
                    new SlotMove(9000, Cluster.B.id(), Cluster.A.id()),
                    new SlotMove(1, Cluster.A.id(), Cluster.B.id())))
            .withPrimary(Cluster.FIRST.id(), Cluster.A_REPLICA.id());

    Shard shard = after.shard(Cluster.FIRST.id()).orElseThrow();
    assertThat(shard.primary()).isEqualTo(Cluster.A_REPLICA.id());
    assertThat(shard.replicas()).containsExactly(Cluster.A.id());
    assertThat(shard.slots()).isEqualTo(Cluster.FIRST.slots());
    assertThat(shard.epoch()).isEqualTo(after.epoch() + 1);
    assertThat(after.moves())
        .containsExactly(
            new SlotMove(1, Cluster.A_REPLICA.id(), Cluster.B.id()),
            new SlotMove(9000, Cluster.B.id(), Cluster.A_REPLICA.id()));
    assertThatThrownBy(() -> Cluster.whole().withPrimary(Cluster.FIRST.id(), Cluster.B.id()))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
