package io.slotcast.membership.forming;

import io.slotcast.membership.forming.FoundingMessage.Accept;
import io.slotcast.membership.forming.FoundingMessage.Accepted;
import io.slotcast.membership.forming.FoundingMessage.Prepare;
import io.slotcast.membership.forming.FoundingMessage.Promise;
import io.slotcast.membership.forming.FoundingMessage.Refusal;
import io.slotcast.membership.register.Ballot;
import io.slotcast.membership.register.RegisterValue;
import org.jspecify.annotations.Nullable;

/**
 * A fresh node's vote on which cluster is founded: the acceptor of single-decree Paxos (Lamport,
 * "Paxos made simple", 2001) whose electorate is the fresh nodes. Every node votes, so that no two
 * founders can both win a majority, whatever views they saw.
 *
 * <p>Its {@link State} must be durable before an answer leaves. Owned by one thread.
 */
public final class FoundingVoter {
  /** What the voter must not forget; all null before it voted. */
  public record State(
      @Nullable Ballot promised, @Nullable Ballot acceptedAt, @Nullable RegisterValue accepted) {
    public static final State NONE = new State(null, null, null);
  }

  private State state;

  public FoundingVoter(State kept) {
    state = kept;
  }

  public State state() {
    return state;
  }

  /** A {@link Promise} or a {@link Refusal}. */
  public FoundingMessage answer(Prepare prepare) {
    Ballot promised = state.promised();
    if (promised != null && prepare.ballot().compareTo(promised) < 0) {
      return new Refusal(prepare.ballot(), promised);
    }
    state = new State(prepare.ballot(), state.acceptedAt(), state.accepted());
    return new Promise(prepare.ballot(), state.acceptedAt(), state.accepted());
  }

  /** An {@link Accepted} or a {@link Refusal}. */
  public FoundingMessage answer(Accept accept) {
    Ballot promised = state.promised();
    if (promised != null && accept.ballot().compareTo(promised) < 0) {
      return new Refusal(accept.ballot(), promised);
    }
    state = new State(accept.ballot(), accept.ballot(), accept.genesis());
    return new Accepted(accept.ballot());
  }
}
