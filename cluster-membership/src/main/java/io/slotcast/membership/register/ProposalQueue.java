package io.slotcast.membership.register;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Brings changes through: one round at a time, each change by as many rounds as it takes until its
 * deadline, with a random pause after a duel (CASPaxos has no leader to prevent them). A change
 * that has to wait lets others pass.
 *
 * <p>Owned by the control-plane thread. Results are told within {@link #tick}, so the driver calls
 * that after every event too.
 */
public final class ProposalQueue {
  private static final int MAX_DOUBLINGS = 6;

  private final Proposer proposer;
  private final RandomGenerator random;
  private final long roundTimeout;
  private final long backOff;
  private final List<Entry> waiting = new ArrayList<>();

  /** The change whose round is under way or has just ended; not among {@code waiting}. */
  private @Nullable Entry running;

  private @Nullable Outcome ended;
  private long roundBegun;
  private long roundsCommitted;
  private long roundsFailed;
  private long roundNanos;

  /** A change on its way. */
  private static final class Entry {
    final Proposal proposal;
    final long submitted;
    final long timeout;
    final Consumer<Outcome> done;

    /** When its next round may begin. */
    long due;

    int duels;

    Entry(RegisterChange change, long submitted, long timeout, Consumer<Outcome> done) {
      this.proposal = new Proposal(change);
      this.submitted = submitted;
      this.timeout = timeout;
      this.done = done;
      this.due = submitted;
    }

    boolean isOver(long now) {
      return now - submitted >= timeout;
    }
  }

  /**
   * @param roundTimeout nanoseconds after which a round without enough answers is begun again
   * @param backOff the bound of the first random pause after a duel, in nanoseconds; it doubles
   *     with each one that follows, six times at most
   */
  public ProposalQueue(Proposer proposer, RandomGenerator random, long roundTimeout, long backOff) {
    this.proposer = proposer;
    this.random = random;
    this.roundTimeout = roundTimeout;
    this.backOff = backOff;
  }

  /**
   * Queues a change. {@code done} is told how it ended: {@link Outcome.Committed}, {@link
   * Outcome.PreconditionFailed}, or, at the deadline, {@link Outcome.Abandoned}. A precondition
   * that fails after some round has proposed a value of this change may fail because of that very
   * value; that is told as {@code Abandoned(true)}: the change may or may not have come to pass.
   *
   * @param timeout nanoseconds from now
   */
  public void submit(RegisterChange change, long timeout, long now, Consumer<Outcome> done) {
    waiting.add(new Entry(change, now, timeout, done));
    tick(now);
  }

  public boolean isIdle() {
    return running == null && waiting.isEmpty();
  }

  /** Rounds of this node that committed a value. */
  public long roundsCommitted() {
    return roundsCommitted;
  }

  /** Rounds of this node that ended otherwise. */
  public long roundsFailed() {
    return roundsFailed;
  }

  /** The time that all rounds took, in nanoseconds. */
  public long roundNanos() {
    return roundNanos;
  }

  /** Takes up what ended, gives up what takes too long, begins what is due. */
  public void tick(long now) {
    Entry current = running;
    if (current != null) {
      if (ended == null && (now - roundBegun >= roundTimeout || current.isOver(now))) {
        proposer.abandon();
      }
      Outcome outcome = ended;
      if (outcome == null) {
        return;
      }
      running = null;
      ended = null;
      takeUp(current, outcome, now);
    }
    giveUpOverdue(now);
    beginNext(now);
  }

  private void takeUp(Entry entry, Outcome outcome, long now) {
    roundNanos += now - roundBegun;
    if (outcome instanceof Outcome.Committed) {
      roundsCommitted++;
    } else {
      roundsFailed++;
    }
    switch (outcome) {
      case Outcome.Committed committed -> entry.done.accept(committed);
      case Outcome.PreconditionFailed failed ->
          entry.done.accept(entry.proposal.mayStand() ? new Outcome.Abandoned(true) : failed);
      case Outcome.Outrun outrun -> again(entry, pause(entry.duels++), now);
      case Outcome.Blocked(long wait) -> again(entry, wait + pause(0), now);
      case Outcome.Abandoned abandoned -> again(entry, pause(entry.duels++), now);
    }
  }

  private void again(Entry entry, long pause, long now) {
    entry.due = now + pause;
    waiting.add(entry);
  }

  private long pause(int duels) {
    return random.nextLong(backOff << Math.min(duels, MAX_DOUBLINGS)) + 1;
  }

  private void giveUpOverdue(long now) {
    for (Entry entry : List.copyOf(waiting)) {
      if (entry.isOver(now)) {
        waiting.remove(entry);
        entry.done.accept(new Outcome.Abandoned(entry.proposal.mayStand()));
      }
    }
  }

  private void beginNext(long now) {
    for (Entry entry : waiting) {
      if (running == null && now - entry.due >= 0) {
        running = entry;
      }
    }
    Entry next = running;
    if (next != null) {
      waiting.remove(next);
      roundBegun = now;
      proposer.begin(next.proposal, outcome -> ended = outcome);
    }
  }
}
