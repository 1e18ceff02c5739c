package io.slotcast.membership.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.slotcast.membership.control.MeetingSimulation.SimulatedNode;
import io.slotcast.router.SlotSet;
import io.slotcast.router.Topology;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Who moves where, over schedules of lost, late and doubled introductions. */
class MeetingSimulationTest {
  private static final int SCHEDULES = 200;
  private static final Duration LONG = Duration.ofMinutes(2);

  /** Nodes with 10 slots each but for every third, which has none. */
  private static MeetingSimulation nodes(long seed, double loss, int count) {
    MeetingSimulation simulation = new MeetingSimulation(seed, loss);
    for (int i = 0; i < count; i++) {
      simulation.add(i % 3 == 2 ? SlotSet.empty() : SlotSet.range(10 * i, 10 * i + 9));
    }
    return simulation;
  }

  private static void assertWhole(MeetingSimulation simulation, long seed) {
    Topology met = simulation.nodes.getFirst().value().topology();
    assertThat(met.nodes()).as("seed %s", seed).hasSameSizeAs(simulation.nodes);
    for (int i = 0; i < simulation.nodes.size(); i++) {
      SlotSet own = met.slotsOf(simulation.nodes.get(i).self.id());
      assertThat(own)
          .as("seed %s, node %s", seed, i)
          .isEqualTo(i % 3 == 2 ? SlotSet.empty() : SlotSet.range(10 * i, 10 * i + 9));
    }
  }

  @Test
  void allMeetTheFirstAndKeepTheirSlots() {
    for (long seed = 0; seed < SCHEDULES; seed++) {
      MeetingSimulation simulation = nodes(seed, 0.3, 6);
      List<SimulatedNode> nodes = simulation.nodes;
      nodes.stream().skip(1).forEach(node -> node.meet(nodes.getFirst().bus()));

      assertThat(simulation.run(LONG)).as("seed %s", seed).isTrue();
      assertWhole(simulation, seed);
    }
  }

  @Test
  void theFirstMeetsAllTheOthers() {
    for (long seed = 0; seed < SCHEDULES; seed++) {
      MeetingSimulation simulation = nodes(seed, 0.2, 5);
      List<SimulatedNode> nodes = simulation.nodes;
      nodes.stream().skip(1).forEach(node -> nodes.getFirst().meet(node.bus()));

      assertThat(simulation.run(LONG)).as("seed %s", seed).isTrue();
      assertWhole(simulation, seed);
    }
  }

  @Test
  void twoThatMeetEachOtherDoNotChangePlaces() {
    for (long seed = 0; seed < SCHEDULES; seed++) {
      MeetingSimulation simulation = nodes(seed, 0.3, 2);
      SimulatedNode one = simulation.nodes.get(0);
      SimulatedNode other = simulation.nodes.get(1);
      one.meet(other.bus());
      other.meet(one.bus());
      one.meet(other.bus());

      assertThat(simulation.run(LONG)).as("seed %s", seed).isTrue();
      assertThat(one.moves + other.moves).as("seed %s", seed).isEqualTo(1);
    }
  }

  /** As each moves to a lower address only, no three wait for each other. */
  @Test
  void aRingOfMeetingsComesToRest() {
    for (long seed = 0; seed < SCHEDULES; seed++) {
      MeetingSimulation simulation = nodes(seed, 0, 3);
      List<SimulatedNode> nodes = simulation.nodes;
      for (int i = 0; i < 3; i++) {
        nodes.get(i).meet(nodes.get((i + 1) % 3).bus());
      }

      assertThat(simulation.run(LONG)).as("seed %s", seed).isTrue();
      assertThat(nodes).as("seed %s", seed).allMatch(node -> node.moves <= 1);
    }
  }

  @Test
  void nobodyLeavesForADeadAddress() {
    MeetingSimulation simulation = nodes(1, 0, 2);
    SimulatedNode node = simulation.nodes.getFirst();
    node.meet(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 9));

    assertThat(simulation.run(LONG)).isFalse();
    assertThat(node.moves).isZero();
    assertThat(node.transit).isNull();
  }

  @Test
  void nodesThatOwnTheSameSlotStayTwo() {
    MeetingSimulation simulation = new MeetingSimulation(1, 0);
    SimulatedNode one = simulation.add(SlotSet.range(0, 10));
    SimulatedNode other = simulation.add(SlotSet.range(10, 20));
    one.meet(other.bus());

    assertThat(simulation.run(LONG)).isFalse();
    assertThat(one.moves + other.moves).isZero();
  }
}
