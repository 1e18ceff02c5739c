package io.slotcast.membership.register;

import static org.assertj.core.api.Assertions.assertThat;

import io.slotcast.membership.register.SimulatedCluster.Letter;
import io.slotcast.membership.register.SimulatedCluster.Shape;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/**
 * A slot goes from node 0 to node 2, back, and to node 2 again, all within one lease. Node 0 learns
 * only of the second change, and so counts on a grant of voter 0 from before the first. Had that
 * voter forgotten it when it granted the slot to node 2, it would help node 2 to the slot at the
 * end, while node 0 serves by that grant and one of voter 2: the model that the rules come from has
 * this schedule too, but does not meet it by chance.
 */
class OwnershipComesBackTest {
  private static final int SLOT = 0;

  @ParameterizedTest
  @EnumSource(
      value = Variant.class,
      names = {"RIGHT_AND_BOLD", "N22_LIVE_GRANT_REPLACED"},
      mode = Mode.INCLUDE)
  void aGrantFromBeforeTheSlotWasLostStillBindsItsVoter(Variant variant) {
    SimulatedCluster cluster = new SimulatedCluster(variant, Shape.FIXED, new SplittableRandom(1));
    lease(cluster, 0, 0);
    round(cluster, 2, cluster.takeover(SLOT, 2), 1, 2);
    lease(cluster, 2, 0);
    deliver(cluster, MessageKind.COMMITTED, 2, 1);
    round(cluster, 1, cluster.takeover(SLOT, 0), 1, 2);
    deliver(cluster, MessageKind.COMMITTED, 1, 0);
    deliver(cluster, MessageKind.COMMITTED, 1, 2);
    lease(cluster, 0, 2);
    SimulatedNode first = cluster.nodes.getFirst();
    assertThat(first.lease.holds(SLOT, first.clock())).isTrue();

    round(cluster, 2, cluster.takeover(SLOT, 2), 0, 1);
    lease(cluster, 2, 0, 1);

    if (variant.isRight()) {
      assertThat(cluster.violation()).isNull();
    } else {
      assertThat(cluster.violation()).contains("both serve slot 0");
    }
  }

  private static void lease(SimulatedCluster cluster, int node, int... voters) {
    cluster.askLease(node, true, false);
    for (int voter : voters) {
      deliver(cluster, MessageKind.LEASE_REQUEST, node, voter);
      deliver(cluster, MessageKind.LEASE_GRANTED, voter, node);
    }
  }

  private static void round(
      SimulatedCluster cluster, int node, RegisterChange change, int... voters) {
    cluster.nodes.get(node).proposer.saw(new Ballot(cluster.highestCounter(), Values.A));
    cluster.begin(node, change);
    for (int voter : voters) {
      deliver(cluster, MessageKind.PREPARE, node, voter);
      deliver(cluster, MessageKind.PROMISE, voter, node);
    }
    for (int voter : voters) {
      deliver(cluster, MessageKind.ACCEPT, node, voter);
      deliver(cluster, MessageKind.ACCEPTED, voter, node);
    }
  }

  /** Delivers the newest such message, if there is one. */
  private static void deliver(SimulatedCluster cluster, MessageKind kind, int from, int to) {
    for (int i = cluster.letters.size() - 1; i >= 0; i--) {
      Letter letter = cluster.letters.get(i);
      if (letter.kind == kind && letter.from == from && letter.to == to && !letter.delivered) {
        cluster.deliver(letter);
        return;
      }
    }
  }
}
