package io.slotcast.membership.failover;

import static io.slotcast.membership.register.Values.node;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slotcast.membership.TopologyChange;
import io.slotcast.membership.TopologyChange.RefusedException;
import io.slotcast.membership.failover.FailoverPolicy.Migration;
import io.slotcast.router.Node;
import io.slotcast.router.NodeId;
import io.slotcast.router.Shard;
import io.slotcast.router.ShardId;
import io.slotcast.router.SlotSet;
import io.slotcast.router.Topology;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Primaries are a, b, c; their replicas bear numbers. */
class ReplicaMigrationTest {
  private static final NodeId A = node('a');
  private static final NodeId B = node('b');
  private static final NodeId C = node('c');
  private static final NodeId R1 = node('1');
  private static final NodeId R2 = node('2');
  private static final NodeId R3 = node('3');
  private static final NodeId R4 = node('4');
  private static final NodeId R5 = node('5');
  private static final Shard SHARD_A = shard(A, 0, R3, R2);
  private static final Shard SHARD_B = shard(B, 1, R1);
  private static final Shard SHARD_C = shard(C, 2, R4);

  private final Map<NodeId, ReplicaMigration> nodes = new HashMap<>();
  private final Set<NodeId> dead = new HashSet<>();
  private FailoverPolicy policy = FailoverPolicy.DEFAULT;
  private Topology topology = topology(SHARD_A, SHARD_B, SHARD_C);
  private long now = 17;

  private static Shard shard(NodeId primary, int slot, NodeId... replicas) {
    return new Shard(
        new ShardId(primary.hex()), primary, List.of(replicas), SlotSet.range(slot, slot), 1);
  }

  private static Topology topology(Shard... shards) {
    List<Node> all =
        Stream.of(shards).flatMap(Shard::members).map(id -> Node.plain(id, "h", 7000)).toList();
    return new Topology(1, all, List.of(shards), List.of());
  }

  private Optional<TopologyChange> due(NodeId self) {
    List<NodeId> live = new ArrayList<>(topology.nodes().stream().map(Node::id).toList());
    live.removeAll(dead);
    FailoverSight sight =
        new FailoverSight(self, topology, Set.copyOf(live), Map.of(), Map.of(), Map.of(), Set.of());
    return nodes.computeIfAbsent(self, id -> new ReplicaMigration(() -> policy)).due(sight, now);
  }

  /** Who of all nodes would go, having looked before and after that time. */
  private List<NodeId> goingAfter(Duration time) {
    List<NodeId> all =
        topology.nodes().stream().map(Node::id).filter(id -> !dead.contains(id)).toList();
    all.forEach(this::due);
    now += time.toNanos();
    return all.stream().filter(id -> due(id).isPresent()).toList();
  }

  private List<NodeId> goingInTheEnd() {
    return goingAfter(Duration.ofSeconds(5));
  }

  private void go(NodeId replica) throws RefusedException {
    topology = due(replica).orElseThrow().apply(topology);
  }

  @Test
  void theLowestReplicaOfThePrimaryWithMostGoesToTheOrphanedOne() throws RefusedException {
    dead.add(R1);

    assertThat(goingInTheEnd()).containsExactly(R2);
    go(R2);
    assertThat(topology.shardOf(R2).orElseThrow().primary()).isEqualTo(B);
    assertThat(topology.shardOf(R3).orElseThrow().replicas()).containsExactly(R3);
    assertThat(goingInTheEnd()).as("nobody is orphaned any more").isEmpty();
  }

  @Test
  void aReplicaThatIsBackWithinFiveSecondsFindsItsPlaceFree() {
    dead.add(R1);
    assertThat(goingAfter(Duration.ofMillis(4_999))).isEmpty();
    dead.clear();
    assertThat(goingAfter(Duration.ofSeconds(1))).isEmpty();

    dead.add(R1);
    assertThat(goingAfter(Duration.ofMillis(4_999))).as("the time counts anew").isEmpty();
    assertThat(goingAfter(Duration.ofMillis(1))).containsExactly(R2);
  }

  @Test
  void whoeverNeverHadAReplicaOrHasNoSlotsOrIsDeadIsNotOrphaned() {
    topology = topology(SHARD_A, shard(B, 1));
    assertThat(goingInTheEnd()).isEmpty();

    Shard slotless = new Shard(SHARD_B.id(), B, List.of(R1), SlotSet.empty(), 1);
    topology = topology(SHARD_A, slotless);
    dead.add(R1);
    assertThat(goingInTheEnd()).isEmpty();

    topology = topology(SHARD_A, SHARD_B);
    dead.add(B);
    assertThat(goingInTheEnd()).isEmpty();
  }

  @Test
  void theBarrierIsHowManyReplicasStay() {
    dead.add(R1);
    policy = with(new Migration(true, 2));
    assertThat(goingInTheEnd()).isEmpty();

    topology = topology(shard(A, 0, R3, R2, R5), SHARD_B);
    assertThat(goingInTheEnd()).containsExactly(R2);
    policy = with(new Migration(true, 0));
    topology = topology(shard(A, 0, R2), SHARD_B);
    assertThat(goingInTheEnd()).as("its primary would be orphaned then").isEmpty();
  }

  @Test
  void deadReplicasAreNotCountedAsThoseThatStay() {
    dead.addAll(List.of(R1, R3));
    assertThat(goingInTheEnd()).isEmpty();
  }

  @Test
  void noneGoesWhereTheOperatorSaysSoOrAnAcknowledgedWriteMightBeLost() {
    dead.add(R1);
    policy = with(new Migration(false, 1));
    assertThat(goingInTheEnd()).isEmpty();

    policy = new FailoverPolicy(1, true, 0, false, Migration.DEFAULT);
    assertThat(goingInTheEnd()).isEmpty();
  }

  @Test
  void theFirstOrphanIsServedFirstAndTheNextAsWellWhileThereAreReplicas() throws RefusedException {
    topology = topology(shard(A, 0, R2, R3, R5), SHARD_B, SHARD_C);
    dead.add(R4);
    assertThat(goingAfter(Duration.ofSeconds(1))).isEmpty();
    dead.add(R1);
    assertThat(goingInTheEnd()).containsExactly(R2);
    go(R2);
    assertThat(topology.shardOf(R2).orElseThrow().primary()).isEqualTo(C);

    assertThat(goingInTheEnd()).containsExactly(R3);
    go(R3);
    assertThat(topology.shardOf(R3).orElseThrow().primary()).isEqualTo(B);
    assertThat(goingInTheEnd()).isEmpty();
  }

  @Test
  void ofTwoThatThinkThemselvesChosenOneGoes() throws RefusedException {
    dead.add(R1);
    goingInTheEnd();
    TopologyChange first = due(R2).orElseThrow();
    dead.add(R2);
    topology = topology(SHARD_A, SHARD_B, shard(C, 2, R4, R5));
    goingInTheEnd();
    TopologyChange second = due(R4).orElseThrow();

    Topology changed = first.apply(topology);
    assertThatThrownBy(() -> second.apply(changed)).isInstanceOf(RefusedException.class);
  }

  private static FailoverPolicy with(Migration migration) {
    return new FailoverPolicy(0, true, 0, false, migration);
  }
}
