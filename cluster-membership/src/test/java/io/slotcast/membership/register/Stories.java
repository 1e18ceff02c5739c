package io.slotcast.membership.register;

import io.slotcast.membership.register.Changes.Op;
import io.slotcast.membership.register.SimulatedCluster.Letter;
import io.slotcast.membership.register.SimulatedCluster.Shape;
import java.util.List;

/**
 * Courses of events that come near to what must never happen, played with random nodes, reach and
 * mishaps. Each was found by leaving a rule out; chance alone meets most of them once in tens of
 * thousands of schedules.
 */
final class Stories {
  private static final int ALL = 0xFF;

  private final Stage stage;
  private final SimulatedCluster cluster;
  private final List<Runnable> all;

  Stories(Stage stage) {
    this.stage = stage;
    this.cluster = stage.cluster;
    List<Runnable> ofLeases =
        List.of(
            this::takeoverBehindLease,
            this::lateRelease,
            this::succeededTwice,
            this::ownershipComesBack,
            this::voterThatForgot);
    List<Runnable> ofVoters =
        List.of(
            this::takeoverBehindLease,
            this::lateRelease,
            this::succeededTwice,
            this::ownershipComesBack,
            this::voterThatForgot,
            this::slowRound,
            this::strayJoint,
            this::duelWhileFollowing,
            this::tornJoint,
            this::removedVoters,
            this::hastyLeave);
    boolean direct = stage.variant == Variant.N1_VOTERS_CHANGED_DIRECTLY;
    this.all = stage.shape == Shape.FIXED || direct ? ofLeases : ofVoters;
  }

  void tell() {
    all.get(stage.random.nextInt(all.size())).run();
  }

  /** Some old lease requests and releases of a node arrive again. */
  private void lateLease(int node) {
    for (int times = 0; times < 6 && !cluster.letters.isEmpty() && !stage.isOver(); times++) {
      for (int attempt = 0; attempt < 30; attempt++) {
        Letter letter = cluster.letters.get(stage.random.nextInt(cluster.letters.size()));
        boolean ofLease =
            letter.kind == MessageKind.LEASE_REQUEST || letter.kind == MessageKind.LEASE_RELEASED;
        if (ofLease && letter.from == node) {
          stage.deliver(letter);
          break;
        }
      }
    }
  }

  private int anySlot() {
    return stage.random.nextInt(SimulatedCluster.SLOTS);
  }

  private int ownerOf(int slot) {
    return cluster.ownerOf(slot, cluster.descent.newest());
  }

  /** A lease; then a release, new voters, restarts, late messages; and right behind, a takeover. */
  private void takeoverBehindLease() {
    int slot = anySlot();
    int owner = ownerOf(slot);
    int heir = stage.anyNode();
    if (heir == owner) {
      return;
    }
    stage.sure = stage.percent(70);
    stage.lease(owner);
    if (stage.percent(10)) {
      stage.release(owner, slot);
      if (stage.percent(30)) {
        stage.crash(owner, false);
      }
      lateLease(owner);
      stage.lease(owner);
      lateLease(owner);
    }
    changeVoters(owner, heir);
    for (int times = 0; times < 2; times++) {
      if (stage.percent(25)) {
        stage.crash(stage.anyNode(), false);
      }
    }
    if (stage.percent(30)) {
      stage.pass();
    }
    if (stage.percent(20)) {
      lateLease(owner);
    }
    stage.round(heir, cluster.takeover(slot, heir));
    stage.lease(heir);
    stage.sure = false;
  }

  private void changeVoters(int owner, int heir) {
    int extent = stage.shape == Shape.FIXED ? 0 : stage.random.nextInt(4);
    if (extent == 0) {
      return;
    }
    if (stage.variant == Variant.N1_VOTERS_CHANGED_DIRECTLY) {
      stage.round(heir, stage.changes.of(Op.DIRECTLY, heir));
      if (extent > 1) {
        stage.round(heir, RegisterChange.identity());
      }
      return;
    }
    if (stage.known(heir).voters() instanceof Voters.Joint) {
      stage.round(heir, stage.changes.of(Op.LEAVE_JOINT, heir));
      return;
    }
    stage.round(heir, stage.changes.of(Op.ENTER_JOINT, heir));
    if (extent > 1) {
      if (stage.percent(40)) {
        stage.pass();
        stage.lease(owner);
      }
      if (stage.percent(15)) {
        stage.crash(heir, false);
      }
      stage.round(heir, stage.changes.of(Op.LEAVE_JOINT, heir));
    }
  }

  /** A slot is released and leased anew, then the old request and release arrive. */
  private void lateRelease() {
    int slot = anySlot();
    int owner = ownerOf(slot);
    int heir = stage.anyNode();
    int first = stage.mark();
    stage.askLease(owner);
    stage.release(owner, slot);
    int second = stage.mark();
    if (stage.percent(40)) {
      stage.crash(owner, false);
    }
    stage.sureLease(owner);
    int late = stage.oneOrTwo();
    stage.pumpUntil(first, second, MessageKind.LEASE_REQUEST, 1 << owner, late);
    stage.pumpUntil(first, second, MessageKind.LEASE_RELEASED, 1 << owner, late);
    stage.sureRound(heir, cluster.takeover(slot, heir));
    stage.sureLease(heir);
  }

  /** An owner whose slot was taken asks for a lease in vain, and its successor is succeeded. */
  private void succeededTwice() {
    int slot = anySlot();
    int owner = ownerOf(slot);
    int heir = stage.anyNode();
    int next = stage.anyNode();
    stage.sureRound(heir, cluster.takeover(slot, heir));
    stage.sureLease(heir);
    stage.sure = stage.percent(50);
    stage.lease(owner);
    stage.sure = false;
    if (stage.percent(70)) {
      int first = stage.mark();
      stage.release(owner, slot);
      stage.pump(first, MessageKind.LEASE_RELEASED, 1 << owner, ALL, 100);
    } else {
      stage.pass();
    }
    stage.sureRound(next, cluster.takeover(slot, next));
    stage.sureLease(next);
  }

  /** A slot goes to an heir, back and to the heir again, all within one lease. */
  private void ownershipComesBack() {
    int slot = anySlot();
    int owner = ownerOf(slot);
    int heir = stage.anyNode();
    int voter = 1 << stage.anyNode();
    stage.lease(owner, voter);
    stage.sureRound(heir, cluster.takeover(slot, heir));
    stage.lease(heir, voter);
    int first = stage.mark();
    stage.sureRound(stage.newestNode(), cluster.takeover(slot, owner));
    stage.pump(first, MessageKind.COMMITTED, ALL, 1 << owner, 100);
    stage.lease(owner, stage.percent(50) ? 1 << stage.anyNode() : ALL);
    stage.sureRound(heir, cluster.takeover(slot, heir));
    stage.sureLease(heir);
  }

  /** A voter restarts behind a lease, having accepted something that did not take the slot. */
  private void voterThatForgot() {
    int slot = anySlot();
    int heir = stage.anyNode();
    stage.sureLease(ownerOf(slot));
    boolean bound = stage.variant == Variant.N15_LEASE_BOUND_INSIDE_VALUE;
    RegisterChange other = bound ? cluster.otherBound() : SimulatedCluster.other();
    if (stage.percent(50)) {
      stage.forlornRound(stage.anyNode(), other);
    } else {
      stage.sureRound(stage.anyNode(), other);
    }
    stage.crash(stage.anyNode(), false);
    stage.pass(stage.percent(50) ? 500 : 1);
    stage.sureRound(heir, cluster.takeover(slot, heir));
    stage.sureLease(heir);
  }

  /** A round that stalls before it has its promises, while others commit over it. */
  private void slowRound() {
    int slow = stage.anyNode();
    int me = 1 << slow;
    int other = stage.pickNode();
    stage.round(other, stage.changes.of(Op.ENTER_JOINT, other));
    int first = stage.mark();
    stage.begin(slow, stage.percent(60) ? stage.changes.of(Op.LEAVE_JOINT, slow) : null, true);
    for (int times = 0; times < 2; times++) {
      stage.pump(first, MessageKind.PREPARE, me, ALL, 70);
      stage.pump(first, MessageKind.PROMISE, ALL, me, 60);
    }
    int second = stage.mark();
    other = stage.anyNode();
    stage.sureRound(other, stage.changes.of(Op.ENTER_JOINT, other));
    stage.pump(second, MessageKind.COMMITTED, ALL, me, 100);
    stage.pass(stage.percent(50) ? 1001 : 5);
    for (int times = 0; times < 2; times++) {
      stage.pump(first, MessageKind.PROMISE, ALL, me, 100);
    }
    stage.pump(first, MessageKind.ACCEPT, me, ALL, 80);
    stage.pump(first, MessageKind.ACCEPTED, ALL, me, 90);
  }

  /** A joint description that lost is found by a slow round whose node knows the one that won. */
  private void strayJoint() {
    int slow = stage.anyNode();
    int me = 1 << slow;
    settle();
    int stray = stage.newestNode();
    stage.forlornRound(stray, stage.changes.of(Op.ENTER_JOINT, stray));
    int first = stage.mark();
    stage.begin(slow, RegisterChange.leaveJoint(), true);
    stage.promise(first, slow, ALL, stage.oneOrTwo());
    int second = stage.mark();
    int other = stage.newestNode();
    stage.sureRound(other, stage.changes.of(Op.ENTER_JOINT, other));
    stage.pump(second, MessageKind.COMMITTED, ALL, me, 100);
    stage.pass(stage.percent(70) ? 1001 : 5);
    stage.promise(first, slow, ALL, ALL);
    stage.pump(first, MessageKind.ACCEPT, me, ALL, 100);
    stage.pump(first, MessageKind.ACCEPTED, ALL, me, 100);
  }

  /** Leaves joint, if it is joint, and lets everyone know. */
  private void settle() {
    int first = stage.mark();
    int node = stage.newestNode();
    if (stage.known(node).voters() instanceof Voters.Joint) {
      stage.pass(1001);
      stage.sureRound(node, RegisterChange.leaveJoint());
    }
    stage.pump(first, MessageKind.COMMITTED, ALL, ALL, 100);
  }

  /** A round follows a joint description that lost, after another has committed without it. */
  private void duelWhileFollowing() {
    int slow = stage.anyNode();
    int me = 1 << slow;
    settle();
    int stray = stage.newestNode();
    stage.forlornRound(stray, stage.changes.of(Op.ENTER_JOINT, stray));
    int first = stage.mark();
    stage.begin(slow, SimulatedCluster.other(), true);
    int asked = stage.bareMajority(stage.known(slow));
    stage.pump(first, MessageKind.PREPARE, me, asked, 100);
    int other = stage.anyNode();
    stage.sureRound(other, SimulatedCluster.other());
    stage.pump(first, MessageKind.PROMISE, asked, me, 100);
    int others = stage.percent(50) ? ALL : stage.random.nextInt(ALL);
    stage.promise(first, slow, others, others);
    stage.pump(first, MessageKind.ACCEPT, me, stage.percent(50) ? ALL : ~asked, 100);
    stage.pump(first, MessageKind.ACCEPTED, ALL, me, 100);
  }

  /** From one joint description one node goes on to the next voters, and another would go back. */
  private void tornJoint() {
    int back = stage.newestNode();
    int on = stage.anyNode();
    int first = stage.mark();
    settle();
    stage.sureRound(back, stage.changes.of(Op.ENTER_JOINT, back));
    stage.pump(first, MessageKind.COMMITTED, ALL, 1 << on, 100);
    stage.pass(1001);
    int begun = stage.mark();
    boolean abandons = stage.variant == Variant.N7_JOINT_ABANDONED;
    stage.begin(
        back, abandons ? SimulatedCluster.abandonJoint() : RegisterChange.leaveJoint(), true);
    int asked = stage.bareMajority(stage.known(back));
    stage.pump(begun, MessageKind.PREPARE, 1 << back, asked, 100);
    stage.sureRound(on, RegisterChange.leaveJoint());
    stage.promise(begun, back, asked, asked);
    stage.pump(begun, MessageKind.ACCEPT, 1 << back, stage.random.nextInt(ALL), 100);
    stage.round();
    int late = stage.stalestNode();
    stage.sureRound(late, SimulatedCluster.other());
  }

  /** Voters are replaced, some forget all they knew, and a node that knows little proposes. */
  private void removedVoters() {
    settle();
    int node = stage.newestNode();
    stage.sureRound(node, stage.changes.of(Op.ENTER_JOINT, node));
    stage.pass(1001);
    stage.sureRound(node, RegisterChange.leaveJoint());
    for (int i = 0; i < stage.shape.nodes; i++) {
      if (stage.percent(60)) {
        cluster.wipe(i);
      }
    }
    int stale = stage.stalestNode();
    stage.sure = stage.percent(50);
    stage.round(stale, SimulatedCluster.other());
    stage.sure = false;
  }

  /** Voters are replaced as fast as can be behind a lease, perhaps by a node that was restarted. */
  private void hastyLeave() {
    int slot = anySlot();
    int owner = ownerOf(slot);
    int heir = stage.newestNode();
    settle();
    if (stage.percent(30)) {
      stage.crash(owner, false);
    }
    stage.sureLease(owner);
    stage.sureRound(heir, stage.changes.of(Op.ENTER_JOINT, heir));
    if (stage.percent(60)) {
      stage.crash(heir, false);
    }
    int[] waits = {1, 862, 905, 955};
    stage.pass(waits[stage.random.nextInt(waits.length)]);
    stage.sureRound(heir, RegisterChange.leaveJoint());
    stage.sureRound(heir, cluster.takeover(slot, heir));
    stage.sureLease(heir);
  }
}
