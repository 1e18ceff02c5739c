package io.slotcast.membership;

import static org.assertj.core.api.Assertions.assertThat;

import io.slotcast.membership.NodeSimulation.Member;
import io.slotcast.membership.register.Outcome;
import io.slotcast.membership.register.RegisterChange;
import io.slotcast.membership.register.RegisterValue;
import io.slotcast.router.NodeId;
import io.slotcast.router.SlotSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@link RegisterNode} in simulated time: what one situation does, and a life full of faults. */
class NodeSimulationTest {
  private static final long MILLI = NodeSimulation.MILLI;
  private static final long SECOND = NodeSimulation.SECOND;

  @Test
  void aNodeThatIsTheOnlyVoterServesAndCommitsByItself() {
    NodeSimulation cluster = new NodeSimulation(1, 1);
    cluster.run(100 * MILLI);
    assertThat(cluster.members.getFirst().holds(0)).isTrue();

    List<Outcome> outcomes = new ArrayList<>();
    Member alone = cluster.members.getFirst();
    cluster.propose(alone, RegisterChange.of(topology -> topology), outcomes::add);
    cluster.run(10 * MILLI);

    assertThat(outcomes).containsExactly(new Outcome.Committed(alone.node().known()));
    assertThat(alone.node().known().epoch()).isEqualTo(1);
  }

  @Test
  void afterAllWereRestartedLeasesComeAtOnceAndChangesAfterFiveSeconds() {
    NodeSimulation cluster = new NodeSimulation(2, 3);
    cluster.run(SECOND);
    cluster.members.forEach(Member::crash);
    cluster.run(SECOND);
    cluster.heal();
    cluster.run(200 * MILLI);
    assertThat(cluster.members.get(0).holds(0)).isTrue();
    assertThat(cluster.members.get(1).holds(1)).isTrue();

    List<Outcome> outcomes = new ArrayList<>();
    cluster.propose(cluster.members.get(0), RegisterChange.of(same -> same), outcomes::add);
    cluster.run(4 * SECOND);
    assertThat(outcomes).isEmpty();
    cluster.run(2 * SECOND);
    assertThat(outcomes).hasOnlyElementsOfType(Outcome.Committed.class).hasSize(1);
  }

  @Test
  void aDeadOwnersSlotIsServedAgainSoonAfterItsLease() {
    NodeSimulation cluster = new NodeSimulation(3, 5);
    cluster.run(SECOND);
    cluster.members.get(0).crash();
    cluster.takeOver(cluster.members.get(3), 0);
    cluster.run(500 * MILLI);
    assertThat(cluster.members.get(3).holds(0)).as("the dead one's lease may run").isFalse();
    cluster.run(1_200 * MILLI);

    assertThat(cluster.members.get(3).holds(0)).isTrue();
  }

  @Test
  void aHandOverWaitsForNoLeaseToEnd() {
    NodeSimulation cluster = new NodeSimulation(4, 3);
    cluster.run(SECOND);
    cluster.handOver(cluster.members.get(0), 0, cluster.members.get(2));
    assertThat(cluster.members.get(0).holds(0)).isFalse();
    cluster.run(100 * MILLI);

    assertThat(cluster.members.get(2).holds(0)).isTrue();
    cluster.handOver(cluster.members.get(2), 0, cluster.members.get(0));
    cluster.run(100 * MILLI);
    assertThat(cluster.members.get(0).holds(0)).as("and back").isTrue();
  }

  @Test
  void anOwnerCutOffFromTheMajorityStopsServingAndGivesWayWhenItIsBack() {
    NodeSimulation cluster = new NodeSimulation(5, 5);
    cluster.run(SECOND);
    Member owner = cluster.members.get(0);
    cluster.partition(List.of(owner));
    cluster.run(1_100 * MILLI);
    assertThat(owner.holds(0)).isFalse();
    cluster.takeOver(cluster.members.get(1), 0);
    cluster.run(SECOND);
    assertThat(cluster.members.get(1).holds(0)).isTrue();

    cluster.heal();
    cluster.run(2 * SECOND);
    assertThat(owner.node().known()).isEqualTo(cluster.members.get(1).node().known());
    assertThat(owner.holds(0)).isFalse();
    assertThat(cluster.members.get(1).holds(0)).isTrue();
  }

  @Test
  void anOwnerFollowsAChangeThatWasAcceptedByOneVoterAndItsProposerThenDied() {
    NodeSimulation cluster = new NodeSimulation(6, 3);
    cluster.run(SECOND);
    Member proposer = cluster.members.get(2);
    cluster.propose(proposer, RegisterChange.of(same -> same), outcome -> {});
    cluster.run(2 * MILLI);
    proposer.crash();
    cluster.run(3 * SECOND);

    assertThat(cluster.members.get(0).holds(0)).isTrue();
    assertThat(cluster.members.get(1).holds(1)).isTrue();
    assertThat(cluster.members.get(0).node().known())
        .isEqualTo(cluster.members.get(1).node().known());
  }

  @Test
  void votersAreReplacedAllAtOnceWhileSlotsAreServed() {
    NodeSimulation cluster = new NodeSimulation(7, 6);
    cluster.run(SECOND);
    List<NodeId> next = cluster.members.subList(3, 6).stream().map(member -> member.id).toList();
    cluster.propose(cluster.members.get(0), RegisterChange.enterJoint(next), outcome -> {});
    cluster.run(SECOND);
    assertThat(cluster.members.get(0).holds(0)).isTrue();
    cluster.run(5 * SECOND);
    List<Outcome> outcomes = new ArrayList<>();
    cluster.propose(cluster.members.get(0), RegisterChange.leaveJoint(), outcomes::add);
    cluster.run(100 * MILLI);
    assertThat(outcomes).hasOnlyElementsOfType(Outcome.Committed.class);

    cluster.members.subList(0, 3).forEach(Member::crash);
    cluster.run(2 * SECOND);
    assertThat(cluster.members.get(4).holds(4)).as("the old voters are gone").isTrue();
    cluster.takeOver(cluster.members.get(3), 0);
    cluster.run(2 * SECOND);
    assertThat(cluster.members.get(3).holds(0)).isTrue();
  }

  @Test
  void voidedLeasesAreAskedForAnewAtOnce() {
    NodeSimulation cluster = new NodeSimulation(8, 3);
    cluster.run(SECOND);
    Member owner = cluster.members.get(0);
    owner.node().voidLeases();
    assertThat(owner.holds(0)).isFalse();
    cluster.run(100 * MILLI);

    assertThat(owner.holds(0)).isTrue();
  }

  static LongStream seeds() {
    return LongStream.range(0, Long.getLong("simulation.lives", 12));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void aLifeFullOfFaultsEndsWellOnceTheyStop(long seed) {
    NodeSimulation cluster = new NodeSimulation(seed, 3 + (int) (seed % 5));
    for (int step = 0; step < 120; step++) {
      cluster.run(cluster.random.nextLong(700 * MILLI));
      strike(cluster);
      work(cluster);
    }
    cluster.heal();
    for (int seconds = 0; seconds < 12; seconds++) {
      cluster.gossip();
      cluster.run(SECOND);
    }

    assertEveryoneServesWhatItOwns(cluster);
    for (Member member : cluster.members) {
      List<Outcome> outcomes = new ArrayList<>();
      cluster.propose(member, RegisterChange.of(same -> same), outcomes::add);
      cluster.run(2 * SECOND);
      assertThat(outcomes).hasOnlyElementsOfType(Outcome.Committed.class).hasSize(1);
    }
    assertEveryoneServesWhatItOwns(cluster);
    RegisterValue known = cluster.members.getFirst().node().known();
    assertThat(cluster.members).allMatch(member -> member.node().known().equals(known));
    assertThat(known.epoch())
        .as("changes that went through, those after the faults not counted")
        .isGreaterThan(cluster.members.size() + 3L);
  }

  private static void assertEveryoneServesWhatItOwns(NodeSimulation cluster) {
    for (Member member : cluster.members) {
      SlotSet owned = member.node().known().topology().slotsOf(member.id);
      assertThat(owned.stream()).as("slots of %s", member.id).allMatch(member::holds);
    }
  }

  private static void strike(NodeSimulation cluster) {
    Member victim = any(cluster);
    switch (cluster.random.nextInt(9)) {
      case 0 -> victim.crash();
      case 1 -> cluster.partition(List.of(victim));
      case 2 -> cluster.partition(List.of(victim, any(cluster)));
      case 3 -> cluster.partition(List.of());
      case 4 -> victim.pause(cluster.random.nextLong(3 * SECOND));
      case 5 -> cluster.setLoss(cluster.random.nextInt(30));
      case 6 -> cluster.setLoss(0);
      case 7 -> cluster.gossip();
      default -> cluster.members.stream().filter(each -> !each.isUp()).forEach(Member::start);
    }
  }

  private static void work(NodeSimulation cluster) {
    List<Member> up = cluster.members.stream().filter(Member::isUp).toList();
    if (up.isEmpty()) {
      return;
    }
    Member one = up.get(cluster.random.nextInt(up.size()));
    int slot = cluster.random.nextInt(cluster.members.size());
    switch (cluster.random.nextInt(5)) {
      case 0, 1 -> cluster.takeOver(one, slot);
      case 2 -> {
        Member owner = cluster.member(cluster.ownerOf(one, slot));
        if (owner.isUp()) {
          cluster.handOver(owner, slot, any(cluster));
        }
      }
      case 3 -> cluster.changeVoters(one);
      default -> cluster.propose(one, RegisterChange.of(same -> same), outcome -> {});
    }
  }

  private static Member any(NodeSimulation cluster) {
    return Objects.requireNonNull(
        cluster.members.get(cluster.random.nextInt(cluster.members.size())));
  }
}
