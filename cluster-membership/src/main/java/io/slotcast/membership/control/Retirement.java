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
import org.jspecify.annotations.Nullable;
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

  /**
   * Joint voters stand for 5 s, those of a change that is under way and then one's own; as long
   * again for rounds that fail.
   */
  private static final long PATIENCE = Duration.ofSeconds(20).toNanos();

  private final NodeId self;
  private final ControlThread thread;

  /** Runs when this node has retired; null unless it is about to. */
  private @Nullable Runnable waiting;

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
    waiting = leave;
    step(member, live, System.nanoTime() + PATIENCE);
  }

  /**
   * A value was committed. That this node votes no more may be so for a moment only: whoever cares
   * for the voters does not know that it leaves, and takes it again.
   */
  void onCommitted(RegisterValue value) {
    if (waiting != null && !value.voters().all().contains(self)) {
      // Not from within the register's own call.
      thread.execute(this::leave);
    }
  }

  private void leave() {
    Runnable leave = waiting;
    waiting = null;
    if (leave != null) {
      leave.run();
    }
  }

  private void step(ClusterMember member, Supplier<Set<NodeId>> live, long deadline) {
    if (waiting == null) {
      return;
    }
    RegisterValue value = member.value();
    Set<NodeId> others = new HashSet<>(live.get());
    others.remove(self);
    boolean isVoter = value.voters().all().contains(self);
    if (!isVoter || others.isEmpty()) {
      leave();
      return;
    }
    if (System.nanoTime() - deadline > 0) {
      LOG.warn("This node leaves while it is a voter: no other one took its place in time");
      leave();
      return;
    }
    switch (value.voters()) {
      case Voters.Joint ignored -> member.proposeVoters(RegisterChange.leaveJoint());
      case Voters.Settled settled ->
          VoterPlan.without(self, value.topology(), settled.nodes(), others)
              .ifPresent(next -> member.proposeVoters(RegisterChange.enterJoint(next)));
    }
    thread.after(LOOK_AGAIN, () -> step(member, live, deadline));
  }
}
