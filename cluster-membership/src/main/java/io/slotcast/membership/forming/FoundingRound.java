package io.slotcast.membership.forming;

import io.slotcast.membership.forming.FoundingMessage.Accepted;
import io.slotcast.membership.forming.FoundingMessage.Promise;
import io.slotcast.membership.register.Ballot;
import io.slotcast.membership.register.RegisterValue;
import io.slotcast.router.NodeId;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One attempt to found a cluster: the proposer of {@link FoundingVoter}. It proposes what an
 * earlier attempt may already have won with, where a voter tells of one, so a founder that died
 * half-way is taken over, not contradicted. Owned by one thread.
 */
public final class FoundingRound {
  private final Ballot ballot;
  private final int majority;
  private final Set<NodeId> promises = new HashSet<>();
  private final Set<NodeId> acceptances = new HashSet<>();
  private RegisterValue genesis;
  private @Nullable Ballot foundAt;

  /**
   * @param majority how many voters must agree: more than half of the fresh nodes there are to be
   * @param own what to found if nobody began before
   */
  public FoundingRound(Ballot ballot, int majority, RegisterValue own) {
    this.ballot = ballot;
    this.majority = majority;
    this.genesis = own;
  }

  public Ballot ballot() {
    return ballot;
  }

  /** What this round founds, once {@link #promised} has said so. */
  public RegisterValue genesis() {
    return genesis;
  }

  /** What to ask all voters to accept, at the moment when enough of them have promised. */
  public Optional<RegisterValue> promised(NodeId voter, Promise promise) {
    if (!promise.ballot().equals(ballot) || promises.size() >= majority || !promises.add(voter)) {
      return Optional.empty();
    }
    Ballot acceptedAt = promise.acceptedAt();
    RegisterValue accepted = promise.accepted();
    if (acceptedAt != null
        && accepted != null
        && (foundAt == null || acceptedAt.compareTo(foundAt) > 0)) {
      foundAt = acceptedAt;
      genesis = accepted;
    }
    return promises.size() == majority ? Optional.of(genesis) : Optional.empty();
  }

  /** Whether this answer founds the cluster. */
  public boolean accepted(NodeId voter, Accepted accepted) {
    return accepted.ballot().equals(ballot)
        && acceptances.add(voter)
        && acceptances.size() == majority;
  }
}
