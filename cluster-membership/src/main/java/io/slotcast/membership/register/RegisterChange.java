package io.slotcast.membership.register;

import io.slotcast.membership.TopologyChange;
import io.slotcast.router.NodeId;
import io.slotcast.router.Topology;
import java.util.Collection;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a round of the register does to the value that it finds. A change must be a pure function: a
 * round that lost is begun again and may find another value.
 */
public abstract class RegisterChange {
  private static final RegisterChange IDENTITY = new Identity();

  RegisterChange() {}

  /** What a change may look at beyond the value found. */
  record Context(Ballot ballot, KnownValue known, Rules rules, long now) {}

  /**
   * What to propose: {@code found} itself, or a value with the next epoch and the round's ballot as
   * its id.
   *
   * @throws TopologyChange.RefusedException if the change's precondition does not hold
   */
  abstract RegisterValue apply(RegisterValue found, Context context)
      throws TopologyChange.RefusedException;

  /** Voters beyond those of the value found that must have promised; null for none. */
  @Nullable SortedSet<NodeId> alsoPromised() {
    return null;
  }

  /** Commits whatever is found, unchanged: how a node learns the newest value for certain. */
  public static RegisterChange identity() {
    return IDENTITY;
  }

  public static RegisterChange of(TopologyChange change) {
    return new OfTopology(change);
  }

  /** Rule 8: the voters of now and {@code next} vote jointly. Refused while voters are changing. */
  public static RegisterChange enterJoint(Collection<NodeId> next) {
    return new EnterJoint(new TreeSet<>(next));
  }

  /**
   * Rule 8: the next voters vote alone. Refused until this node has known that joint description
   * committed for {@link LeaseBounds#MAX_NANOS}.
   */
  public static RegisterChange leaveJoint() {
    return new LeaveJoint();
  }

  /** The successor of {@code found} with another topology, its voters the same. */
  static RegisterValue successor(RegisterValue found, Topology topology, Ballot ballot) {
    long epoch = found.epoch() + 1;
    return new RegisterValue(
        ballot,
        found.cluster(),
        epoch,
        found.voters(),
        found.votersId(),
        topology.withEpoch(epoch));
  }

  /** The successor of {@code found} with other voters, its topology the same. */
  static RegisterValue successor(RegisterValue found, Voters voters, Ballot ballot) {
    long epoch = found.epoch() + 1;
    return new RegisterValue(
        ballot, found.cluster(), epoch, voters, ballot, found.topology().withEpoch(epoch));
  }

  private static final class Identity extends RegisterChange {
    @Override
    RegisterValue apply(RegisterValue found, Context context) {
      return found;
    }

    @Override
    public String toString() {
      return "identity";
    }
  }

  private static final class OfTopology extends RegisterChange {
    private final TopologyChange change;

    OfTopology(TopologyChange change) {
      this.change = change;
    }

    @Override
    RegisterValue apply(RegisterValue found, Context context)
        throws TopologyChange.RefusedException {
      return successor(found, change.apply(found.topology()), context.ballot());
    }

    @Override
    public String toString() {
      return "topology change " + change;
    }
  }

  private static final class EnterJoint extends RegisterChange {
    private final SortedSet<NodeId> next;

    EnterJoint(SortedSet<NodeId> next) {
      this.next = next;
    }

    @Override
    RegisterValue apply(RegisterValue found, Context context)
        throws TopologyChange.RefusedException {
      if (!(found.voters() instanceof Voters.Settled(SortedSet<NodeId> now))) {
        throw new TopologyChange.RefusedException("the voters are changing already");
      }
      if (now.equals(next)) {
        throw new TopologyChange.RefusedException("these are the voters already");
      }
      return successor(found, new Voters.Joint(now, next), context.ballot());
    }

    /** Not entered with its next voters dead, for there is no way back (rule 8). */
    @Override
    SortedSet<NodeId> alsoPromised() {
      return next;
    }

    @Override
    public String toString() {
      return "enter joint with " + next;
    }
  }

  private static final class LeaveJoint extends RegisterChange {
    @Override
    RegisterValue apply(RegisterValue found, Context context)
        throws TopologyChange.RefusedException {
      if (!(found.voters() instanceof Voters.Joint joint)) {
        throw new TopologyChange.RefusedException("the voters are settled");
      }
      Rules rules = context.rules();
      KnownValue known = context.known();
      if (!rules.isKnownDescription(found, known.value())) {
        throw new TopologyChange.RefusedException("these joint voters are not known as committed");
      }
      if (context.now() - known.votersSince() < rules.leaveWaitNanos(found)) {
        throw new TopologyChange.RefusedException("these joint voters are known too recently");
      }
      return successor(found, new Voters.Settled(joint.next()), context.ballot());
    }

    @Override
    public String toString() {
      return "leave joint";
    }
  }
}
