package io.slotcast.membership.forming;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slotcast.router.Node;
import io.slotcast.router.NodeId;
import io.slotcast.router.Shard;
import io.slotcast.router.ShardId;
import io.slotcast.router.SlotSet;
import io.slotcast.router.Topology;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlacementPlanTest {
  private final Random random = new Random(7);

  @Test
  void theFirstNodesByAddressBecomePrimariesWithEvenRanges() {
    List<Node> nodes = nodes(6);
    List<Node> shuffled = new ArrayList<>(nodes);
    Collections.shuffle(shuffled, random);

    Topology topology = PlacementPlan.initial(shuffled, 1, this::shardId);

    assertThat(topology.epoch()).isEqualTo(1);
    assertThat(topology.shards().stream().map(shard -> shard.slots().toString()))
        .containsExactly("0-5460", "5461-10922", "10923-16383");
    for (int i = 0; i < 3; i++) {
      Shard shard = topology.shards().get(i);
      assertThat(shard.primary()).isEqualTo(nodes.get(i).id());
      assertThat(shard.replicas()).containsExactly(nodes.get(i + 3).id());
    }
  }

  @Test
  void addressesAreOrderedByNumberNotByText() {
    Node nine = Node.plain(id(1), "10.0.0.9", 7000);
    Node ten = Node.plain(id(2), "10.0.0.10", 7000);
    Node named = Node.plain(id(3), "broker", 7000);

    assertThat(List.of(ten, nine, named).stream().sorted(PlacementPlan.BY_ADDRESS))
        .containsExactly(named, nine, ten);
  }

  @Test
  void nodesLeftOverBecomeFurtherReplicas() {
    Topology topology = PlacementPlan.initial(nodes(8), 2, this::shardId);

    assertThat(topology.shards()).hasSize(2);
    assertThat(topology.shards()).allMatch(shard -> shard.replicas().size() == 3);
  }

  @Test
  void tooFewNodesForAPrimaryWithAllItsReplicasStillMakeACluster() {
    Topology topology = PlacementPlan.initial(nodes(2), 2, this::shardId);

    assertThat(topology.shards()).hasSize(1);
    assertThat(topology.shards().getFirst().slots()).isEqualTo(SlotSet.all());
    assertThat(topology.shards().getFirst().replicas()).hasSize(1);
  }

  @Test
  void everySlotHasAnOwnerWhateverTheNumberOfPrimaries() {
    for (int count : new int[] {1, 2, 3, 5, 7, 100, 1000}) {
      Topology topology = PlacementPlan.initial(nodes(count), 0, this::shardId);
      int least = topology.shards().stream().mapToInt(s -> s.slots().size()).min().orElseThrow();
      int most = topology.shards().stream().mapToInt(s -> s.slots().size()).max().orElseThrow();

      assertThat(topology.assigned()).isEqualTo(SlotSet.all());
      assertThat(most - least).isLessThanOrEqualTo(1);
    }
  }

  @Test
  void noNodesAreNoCluster() {
    assertThatThrownBy(() -> PlacementPlan.initial(List.of(), 0, this::shardId))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void replicasStandInAnotherZoneThanTheirPrimaryWhereZonesAllow() {
    // One by one, the third replica would have only the primary of its own zone left.
    List<Node> nodes =
        List.of(
            zoned(1, "a"),
            zoned(2, "b"),
            zoned(3, "c"),
            zoned(4, "a"),
            zoned(5, "b"),
            zoned(6, "c"));

    Topology topology = PlacementPlan.initial(nodes, 1, this::shardId);

    for (Shard shard : topology.shards()) {
      assertThat(shard.replicas())
          .hasSize(1)
          .noneMatch(replica -> zone(topology, replica).equals(zone(topology, shard.primary())));
    }
  }

  @Test
  void oneZoneForAllChangesNothing() {
    List<Node> nodes = IntStream.rangeClosed(1, 6).mapToObj(i -> zoned(i, "a")).toList();

    Topology topology = PlacementPlan.initial(nodes, 1, this::shardId);

    assertThat(topology.shards()).allMatch(shard -> shard.replicas().size() == 1);
  }

  @Test
  void fiveThreeOrOneNodeVote() {
    assertThat(PlacementPlan.voters(nodes(9))).isEqualTo(ids(nodes(5)));
    assertThat(PlacementPlan.voters(nodes(4))).isEqualTo(ids(nodes(3)));
    assertThat(PlacementPlan.voters(nodes(2))).isEqualTo(ids(nodes(1)));
  }

  @Test
  void aNewcomerBecomesAReplicaWhereOneIsMissing() {
    Topology found = PlacementPlan.initial(nodes(5), 1, this::shardId);
    Node newcomer = node(9);

    Topology joined = PlacementPlan.withNode(found, newcomer, 2, this::shardId);

    assertThat(found.shards()).extracting(shard -> shard.replicas().size()).containsExactly(2, 1);
    assertThat(joined.shards().get(1).replicas()).hasSize(2).endsWith(newcomer.id());
    assertThat(joined.shards().get(0)).isEqualTo(found.shards().get(0));
  }

  @Test
  void aNewcomerWithNoReplicaMissingBecomesAPrimaryWithoutSlots() {
    Topology found = PlacementPlan.initial(nodes(6), 1, this::shardId);
    Node newcomer = node(9);

    Topology joined = PlacementPlan.withNode(found, newcomer, 1, this::shardId);

    Shard own = joined.shardOf(newcomer.id()).orElseThrow();
    assertThat(own.primary()).isEqualTo(newcomer.id());
    assertThat(own.slots().isEmpty()).isTrue();
    assertThat(own.epoch()).isEqualTo(2);
  }

  @Test
  void aKnownNodeOnlyChangesItsAddress() {
    Topology found = PlacementPlan.initial(nodes(6), 1, this::shardId);
    Node moved = Node.plain(node(2).id(), "10.9.9.9", 7002);

    Topology joined = PlacementPlan.withNode(found, moved, 1, this::shardId);

    assertThat(joined.node(moved.id())).isEqualTo(moved);
    assertThat(joined.shards()).isEqualTo(found.shards());
    assertThat(PlacementPlan.withNode(joined, moved, 1, this::shardId)).isEqualTo(joined);
  }

  @Test
  void votersGrowToThreeAndFiveByLiveNodesAlone() {
    Topology topology = PlacementPlan.initial(nodes(6), 1, this::shardId);
    Set<NodeId> one = Set.copyOf(ids(nodes(1)));
    Set<NodeId> three = Set.copyOf(ids(nodes(3)));
    Set<NodeId> five = Set.copyOf(ids(nodes(5)));
    Set<NodeId> all = Set.copyOf(ids(nodes(6)));

    assertThat(VoterPlan.next(topology, one, Set.copyOf(ids(nodes(2))), voter -> false)).isEmpty();
    assertThat(VoterPlan.next(topology, one, three, voter -> false)).contains(three);
    assertThat(VoterPlan.next(topology, three, Set.copyOf(ids(nodes(4))), voter -> false))
        .isEmpty();
    assertThat(VoterPlan.next(topology, three, all, voter -> false)).contains(five);
    assertThat(VoterPlan.next(topology, five, all, voter -> false)).isEmpty();
  }

  @Test
  void aVoterThatIsGoneIsReplacedAndOneThatWasForgottenGoesEvenIfNobodyTakesItsPlace() {
    Topology four = PlacementPlan.initial(nodes(4), 0, this::shardId);
    Set<NodeId> three = Set.copyOf(ids(nodes(3)));
    Set<NodeId> live = Set.of(id(1), id(2), id(4));

    assertThat(VoterPlan.next(four, three, live, id(3)::equals)).contains(live);
    assertThat(VoterPlan.next(four, three, Set.of(id(1), id(2)), id(3)::equals)).isEmpty();
    Topology two = four.withoutNode(id(3)).withoutNode(id(4));
    assertThat(VoterPlan.next(two, three, Set.of(id(2)), voter -> false)).contains(Set.of(id(2)));
  }

  private static List<Node> nodes(int count) {
    return IntStream.rangeClosed(1, count).mapToObj(PlacementPlanTest::node).toList();
  }

  private static List<NodeId> ids(List<Node> nodes) {
    return nodes.stream().map(Node::id).toList();
  }

  private static Node node(int number) {
    return Node.plain(id(number), "127.0.0.1", 7000 + number);
  }

  private static Node zoned(int number, String zone) {
    return new Node(id(number), "127.0.0.1", "", 7000 + number, 0, 17000 + number, zone, 1);
  }

  private static String zone(Topology topology, NodeId node) {
    return Objects.requireNonNull(topology.node(node)).zone();
  }

  /** Ids that order otherwise than the addresses do. */
  private static NodeId id(int number) {
    return NodeId.random(new Random(number));
  }

  private ShardId shardId() {
    return ShardId.random(random);
  }
}
