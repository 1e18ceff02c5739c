package io.slotcast.membership.control;

import io.slotcast.membership.forming.VoterPlan;
import io.slotcast.membership.register.RegisterChange;
import io.slotcast.membership.register.RegisterValue;
import io.slotcast.membership.register.Voters;
import io.slotcast.router.NodeId;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * Sees to it that the right nodes vote: more where more have come, others where one is gone for
 * good. Any node may do this; one does, to avoid duels. Owned by the control-plane thread.
 */
final class VoterCare {
  /** After how long without a sign a voter is thought gone for good: longer than a reboot. */
  static final Duration GONE_FOR_GOOD = Duration.ofMinutes(10);

  /** Since when each voter that is not alive has been so, as far as this node knows. */
  private final Map<NodeId, Long> missingSince = new HashMap<>();

  /** Called once a second or so, by every node: who is missing is noted by all. */
  void look(RegisterValue value, Set<NodeId> live, long now) {
    missingSince.keySet().retainAll(value.voters().all());
    missingSince.keySet().removeAll(live);
    for (NodeId voter : value.voters().all()) {
      if (!live.contains(voter)) {
        missingSince.putIfAbsent(voter, now);
      }
    }
  }

  /** Proposes the next step, if one is due. */
  void propose(ClusterMember member, Set<NodeId> live, long now) {
    RegisterValue value = member.value();
    switch (value.voters()) {
      case Voters.Joint ignored -> member.proposeVoters(RegisterChange.leaveJoint());
      case Voters.Settled settled ->
          VoterPlan.next(
                  value.topology(), settled.nodes(), live, voter -> isGone(value, voter, now))
              .ifPresent(next -> member.proposeVoters(RegisterChange.enterJoint(next)));
    }
  }

  /** Whether a voter is not coming back: forgotten, or silent for very long. */
  private boolean isGone(RegisterValue value, NodeId voter, long now) {
    Long since = missingSince.get(voter);
    return value.topology().node(voter) == null
        || (since != null && now - since >= GONE_FOR_GOOD.toNanos());
  }
}
