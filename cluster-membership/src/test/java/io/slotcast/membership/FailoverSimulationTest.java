package io.slotcast.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.slotcast.membership.FailoverSimulation.Keeper;
import io.slotcast.membership.FailoverSimulation.Mistake;
import io.slotcast.membership.NodeSimulation.Member;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Replicas that replace their primary, in simulated time: one situation each, and whole lives. */
class FailoverSimulationTest {
  private static final long MILLI = NodeSimulation.MILLI;
  private static final long SECOND = NodeSimulation.SECOND;

  @Test
  void aDeadPrimaryIsReplacedSoonAfterItsLease() {
    FailoverSimulation shard = new FailoverSimulation(1, 2, 0, Mistake.NONE);
    shard.run(SECOND);
    shard.keepers.getFirst().member.crash();

    shard.run(1_300 * MILLI);

    assertThat(shard.keepers).filteredOn(each -> each.member.isUp() && each.serves()).hasSize(1);
    assertThat(shard.changesOfWriter()).isEqualTo(2);
  }

  @Test
  void aPrimaryThatIsBackBeforeItsLeaseIsOverStaysAndIsFollowedAgain() {
    FailoverSimulation shard = new FailoverSimulation(2, 2, 1, Mistake.NONE);
    shard.run(SECOND);
    Keeper primary = shard.keepers.getFirst();
    long epoch = primary.member.node().known().epoch();
    primary.member.pause(600 * MILLI);

    shard.run(3 * SECOND);

    assertThat(primary.serves()).isTrue();
    assertThat(shard.isWhole()).isTrue();
    assertThat(primary.member.node().known().epoch()).isGreaterThan(epoch);
    assertThat(shard.changesOfWriter()).isEqualTo(1);
  }

  @Test
  void aPrimaryThatWasRestartedAtOnceGivesWayToWhoHasItsData() {
    FailoverSimulation shard = new FailoverSimulation(3, 2, 1, Mistake.NONE);
    shard.run(SECOND);
    Keeper primary = shard.keepers.getFirst();
    primary.member.crash();
    shard.run(20 * MILLI);
    primary.member.start();

    shard.run(4 * SECOND);

    assertThat(primary.serves()).isFalse();
    assertThat(shard.isWhole()).isTrue();
    assertThat(shard.acknowledgedWrites()).isGreaterThan(100);
  }

  @Test
  void afterAllWereRestartedThePrimaryServesWithWhatItHas() {
    FailoverSimulation shard = new FailoverSimulation(4, 2, 0, Mistake.NONE);
    shard.run(SECOND);
    shard.cluster.members.forEach(Member::crash);
    shard.run(100 * MILLI);
    shard.cluster.heal();

    shard.run(500 * MILLI);

    assertThat(shard.keepers.getFirst().serves()).isTrue();
  }

  @Test
  void whileTooFewReplicasToldWhereTheyAreNobodyTakesOver() {
    FailoverSimulation shard = new FailoverSimulation(5, 2, 1, Mistake.NONE);
    shard.run(SECOND);
    shard.keepers.get(0).member.crash();
    shard.keepers.get(2).member.crash();

    shard.run(20 * SECOND);

    assertThat(shard.keepers.get(1).serves()).isFalse();
  }

  static LongStream seeds() {
    return LongStream.range(0, Long.getLong("simulation.lives", 12));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void withOneFaultAtATimeNoAcknowledgedWriteIsLost(long seed) {
    live(seed, 1 + (int) (seed % 3), Mistake.NONE);
  }

  @Test
  void aPrimaryThatReturnsAtOnceWouldLoseWrites() {
    assertThatThrownBy(
            () -> {
              for (long seed = 0; seed < 100; seed++) {
                live(seed, 2, Mistake.RETURNS_AT_ONCE);
              }
            })
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("acknowledged writes are lost");
  }

  @Test
  void aCandidateThatAsksTooFewWouldLoseWrites() {
    assertThatThrownBy(() -> oneReplicaLagsAndTheOtherIsCutOff(Mistake.ASKS_TOO_FEW))
        .hasMessageContaining("acknowledged writes are lost");

    oneReplicaLagsAndTheOtherIsCutOff(Mistake.NONE);
  }

  private static void oneReplicaLagsAndTheOtherIsCutOff(Mistake mistake) {
    FailoverSimulation shard = new FailoverSimulation(6, 2, 1, mistake);
    shard.run(SECOND);
    Member ahead = shard.keepers.get(1).member;
    Member behind = shard.keepers.get(2).member;
    behind.pause(300 * MILLI);
    shard.run(250 * MILLI);
    shard.keepers.getFirst().member.crash();
    shard.cluster.partition(List.of(ahead));
    shard.run(4 * SECOND);

    shard.cluster.heal();
    shard.run(4 * SECOND);
    assertThat(shard.isWhole()).isTrue();
  }

  @Test
  void aReplicaThatGoesOnAfterItToldWhereItIsWouldLoseWrites() {
    assertThatThrownBy(() -> aPrimaryThatIsThoughtDeadGoesOnWithOneReplica(Mistake.NEVER_FREEZES))
        .hasMessageContaining("acknowledged writes are lost");

    aPrimaryThatIsThoughtDeadGoesOnWithOneReplica(Mistake.NONE);
  }

  private static void aPrimaryThatIsThoughtDeadGoesOnWithOneReplica(Mistake mistake) {
    FailoverSimulation shard = new FailoverSimulation(7, 2, 1, mistake);
    shard.run(SECOND);
    Keeper primary = shard.keepers.getFirst();
    primary.mute = true;
    shard.run(600 * MILLI);
    shard.cluster.partition(
        List.of(primary.member, shard.keepers.get(2).member, shard.keepers.get(3).member));
    shard.run(SECOND);
    primary.member.crash();
    shard.cluster.partition(List.of());

    shard.run(5 * SECOND);
    assertThat(shard.changesOfWriter()).isEqualTo(2);
  }

  private static void live(long seed, int replicas, Mistake mistake) {
    FailoverSimulation shard = new FailoverSimulation(seed, replicas, 1, mistake);
    NodeSimulation cluster = shard.cluster;
    shard.run(SECOND);
    for (int fault = 0; fault < 12; fault++) {
      strike(cluster);
      shard.run(cluster.random.nextLong(3 * SECOND));
      cluster.heal();
      heal(shard);
    }
    assertThat(shard.acknowledgedWrites()).isGreaterThan(1_000);
  }

  /** Nothing is wrong any more, so all is well some time later. */
  private static void heal(FailoverSimulation shard) {
    for (int seconds = 0; seconds < 30; seconds++) {
      shard.cluster.gossip();
      shard.run(SECOND);
      if (shard.isWhole()) {
        return;
      }
    }
    throw new AssertionError("the shard did not become whole again");
  }

  private static void strike(NodeSimulation cluster) {
    Member victim = cluster.members.get(cluster.random.nextInt(cluster.members.size()));
    switch (cluster.random.nextInt(5)) {
      case 0, 1 -> victim.crash();
      case 2 -> cluster.partition(List.of(victim));
      case 3 -> victim.pause(cluster.random.nextLong(3 * SECOND));
      default -> cluster.setLoss(cluster.random.nextInt(40));
    }
    if (cluster.random.nextBoolean()) {
      cluster.run(cluster.random.nextLong(300 * MILLI));
      cluster.heal();
    }
  }
}
