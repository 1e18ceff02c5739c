package io.slotcast.membership.control;

import io.slotcast.membership.forming.VoterPlan;
import io.slotcast.membership.register.RegisterChange;
import io.slotcast.membership.register.RegisterValue;
import io.slotcast.membership.register.Voters;
import io.slotcast.router.NodeId;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A voter that is about to leave its cluster has another one take its place first, for a cluster
 * whose voters leave one by one would have no majority in the end. Who cannot bring that about
 * leaves all the same. Owned by the control-plane thread.
 */
final class Retirement {
  private static final Logger LOG = LoggerFactory.getLogger(Retirement.class);
  private static final Duration LOOK_AGAIN = Duration.ofMillis(200);

  /** Joint voters stand for 5 s; as long again for rounds that fail. */
  private static final long PATIENCE = Duration.ofSeconds(12).toNanos();

  private final NodeId self;
  private final ControlThread thread;

  Retirement(NodeId self, ControlThread thread) {
    this.self = self;
    this.thread = thread;
  }

  /**
   * Runs {@code leave} once this node votes no more, or need not or cannot have it so.
   *
   * @param live the nodes that are thought alive
   */
  void begin(ClusterMember member, Supplier<Set<NodeId>> live, Runnable leave) {
    step(member, live, System.nanoTime() + PATIENCE, leave);
  }

  private void step(
      ClusterMember member, Supplier<Set<NodeId>> live, long deadline, Runnable leave) {
    RegisterValue value = member.value();
    Set<NodeId> others = new HashSet<>(live.get());
    others.remove(self);
    boolean isVoter = value.voters().all().contains(self);
    if (!isVoter || others.isEmpty()) {
      leave.run();
      return;
    }
    if (System.nanoTime() - deadline > 0) {
      LOG.warn("This node leaves while it is a voter: no other one took its place in time");
      leave.run();
      return;
    }
    switch (value.voters()) {
      case Voters.Joint ignored -> member.proposeVoters(RegisterChange.leaveJoint());
      case Voters.Settled settled ->
          VoterPlan.without(self, value.topology(), settled.nodes(), others)
              .ifPresent(next -> member.proposeVoters(RegisterChange.enterJoint(next)));
    }
    thread.after(LOOK_AGAIN, () -> step(member, live, deadline, leave));
  }
}
