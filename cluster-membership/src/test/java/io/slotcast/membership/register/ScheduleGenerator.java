package io.slotcast.membership.register;

import io.slotcast.membership.register.SimulatedCluster.Shape;

/**
 * Plays one schedule, drawn from a seed: rounds, leases, releases, crashes, single steps and {@link
 * Stories}, each with weights of this schedule's own.
 */
final class ScheduleGenerator {
  private static final int ALL = 0xFF;

  final SimulatedCluster cluster;
  private final Stage stage;
  private final Stories stories;
  private final int leases;
  private final int releases;
  private final int singles;
  private final int told;

  ScheduleGenerator(Variant variant, Shape shape, long seed, int budget) {
    this.stage = new Stage(variant, shape, seed, budget);
    this.cluster = stage.cluster;
    this.stories = new Stories(stage);
    this.leases = stage.oneOf(5, 20, 40);
    this.releases = stage.oneOf(0, 2, 10);
    this.singles = stage.oneOf(0, 10, 40);
    this.told = stage.oneOf(5, 20, 100);
  }

  /** Plays until the schedule is over or something is violated. */
  void run() {
    int bound = 30 + leases + releases + singles + stage.ticks / 2 + stage.crashes + told;
    for (int guard = 0; !stage.isOver() && guard < 20 * stage.budget; guard++) {
      int left = stage.random.nextInt(bound);
      if ((left -= 30) < 0) {
        stage.round();
      } else if ((left -= leases) < 0) {
        stage.lease();
      } else if ((left -= releases) < 0) {
        stage.release();
      } else if ((left -= singles) < 0) {
        stage.single();
      } else if ((left -= stage.ticks / 2) < 0) {
        stage.pass();
      } else if ((left -= stage.crashes) < 0) {
        stage.crash(stage.anyNode(), stage.percent(40));
      } else {
        stories.tell();
      }
    }
  }

  /**
   * Without any more faults every owner renews its leases, asks the register when voters know more,
   * and one node proposes a change: whether that commits within twelve attempts.
   */
  boolean comesAlive() {
    stage.withoutMishaps();
    int proposer = stage.pickNode();
    for (int attempt = 0; attempt < 12; attempt++) {
      for (int node = 0; node < stage.shape.nodes; node++) {
        renewAndInquire(node);
      }
      long before = stage.known(proposer).epoch();
      wholeRound(proposer, SimulatedCluster.other());
      RegisterValue after = stage.known(proposer);
      if (cluster.violation() != null) {
        return false;
      }
      boolean own = after.id().proposer().equals(cluster.nodes.get(proposer).id);
      if (after.epoch() > before && own) {
        return true;
      }
      stage.pass(300);
    }
    return false;
  }

  private void renewAndInquire(int node) {
    int first = stage.mark();
    if (cluster.askLease(node, false, false)) {
      stage.pump(first, MessageKind.LEASE_REQUEST, ALL, ALL, 100);
      stage.pump(first, MessageKind.LEASE_GRANTED, ALL, ALL, 100);
      stage.pump(first, MessageKind.LEASE_REFUSED, ALL, ALL, 100);
      if (cluster.nodes.get(node).lease.heardEpoch() > stage.known(node).epoch()) {
        wholeRound(node, RegisterChange.identity());
        cluster.nodes.get(node).lease.forgetHeard();
      }
    }
  }

  private void wholeRound(int node, RegisterChange change) {
    int first = stage.mark();
    stage.begin(node, change, true);
    for (int turn = 0; turn < 5; turn++) {
      stage.pump(first, MessageKind.PREPARE, ALL, ALL, 100);
      stage.pump(first, MessageKind.PROMISE, ALL, ALL, 100);
      stage.pump(first, MessageKind.LEASE_RELEASED, ALL, ALL, 100);
      stage.pump(first, MessageKind.ACCEPT, ALL, ALL, 100);
      stage.pump(first, MessageKind.ACCEPTED, ALL, ALL, 100);
      stage.pump(first, MessageKind.REFUSED, ALL, ALL, 100);
      stage.pump(first, MessageKind.COMMITTED, ALL, ALL, 100);
    }
  }
}
