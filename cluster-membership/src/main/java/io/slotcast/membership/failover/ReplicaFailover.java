package io.slotcast.membership.failover;

import io.slotcast.membership.TopologyChange;
import io.slotcast.membership.failover.FailoverState.Following;
import io.slotcast.membership.failover.FailoverState.Freezing;
import io.slotcast.membership.failover.FailoverState.Frozen;
import io.slotcast.membership.failover.FailoverState.Proposing;
import io.slotcast.membership.failover.FailoverState.Thawing;
import io.slotcast.router.NodeId;
import io.slotcast.router.Shard;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A replica's part in replacing its primary. What is frozen belongs to one epoch of the shard, and
 * the takeover expects that epoch: so either the replica that knows what the others have takes
 * over, or the shard's next epoch lets them follow again, never both.
 *
 * <pre>
 * Following  primary gone                        → Freezing   the stream is asked to stop
 * Freezing   stopped                             → Frozen     the position is told to all
 * Frozen     enough is known, own turn           → Proposing  this replica is to be the primary
 * Frozen     primary back                        → Thawing    the shard is to have its next epoch
 * Proposing  not committed                       → Frozen     and again after a while
 * Proposing  primary back                        → Thawing    whichever is committed first counts
 * Thawing    not committed                       → Frozen     and again after a while
 * any        the shard has another epoch or primary, or this node is no replica of it → Following
 * </pre>
 *
 * <p>A primary is gone when it was thought alive in this run of the replica and is no more, or when
 * another run of it came up that has not said that it serves with what it has ({@link
 * ReturningPrimary}). Owned by one thread; it has no clock.
 */
public final class ReplicaFailover {
  /** How long a live replica that tells no position is waited for, where it need not be known. */
  private static final long GATHERING = Duration.ofMillis(500).toNanos();

  /** How much later each less suited replica proposes: well beyond a lease and a round. */
  private static final long TURN = Duration.ofSeconds(2).toNanos();

  /** How much later each replica proposes that all follow again, so that one does. */
  private static final long THAW_TURN = Duration.ofMillis(200).toNanos();

  private static final long AGAIN_AFTER = Duration.ofMillis(100).toNanos();

  private final Supplier<FailoverPolicy> policy;
  private final Actions actions;
  private FailoverState state = new Following();

  /** The primary that was seen alive, and in which run; null before one was. */
  private @Nullable NodeId seen;

  private long seenRun;

  /** Since when the primary is back; meaningless in other states than frozen ones. */
  private long backSince;

  private boolean back;

  /**
   * The shard's epoch in which an operator wants this replica to take over as it is, and till when.
   */
  private long forcedEpoch = -1;

  private long forcedUntil;

  /** What the machine has done by others; every call returns at once. */
  public interface Actions {
    /** Has the stream stopped, and {@link ReplicaFailover#onFrozen} called with where. */
    void freeze(Shard shard);

    void tell(FrozenPosition position);

    /** Has {@link ReplicaFailover#onEnded} called once it is known what became of the change. */
    void propose(TopologyChange change);
  }

  public ReplicaFailover(Supplier<FailoverPolicy> policy, Actions actions) {
    this.policy = policy;
    this.actions = actions;
  }

  /** Whether time matters at the moment, so that {@link #tick} is wanted often. */
  public boolean isActive() {
    return !(state instanceof Following);
  }

  FailoverState state() {
    return state;
  }

  /** The run of {@code primary} that this node follows; empty if it was never seen alive. */
  public Optional<Long> runOf(NodeId primary) {
    return primary.equals(seen) ? Optional.of(seenRun) : Optional.empty();
  }

  /**
   * An operator wants this replica to be the primary with what it has, whatever others have and
   * whether or not the primary lives; given up after {@code patience} nanoseconds.
   */
  public void force(Shard shard, long patience, long now) {
    forcedEpoch = shard.epoch();
    forcedUntil = now + patience;
  }

  private boolean isForced(Shard shard, long now) {
    return shard.epoch() == forcedEpoch && now - forcedUntil < 0;
  }

  /** Takes in what there is to see; called on each change and regularly. */
  public void tick(FailoverSight sight, long now) {
    Shard followed = sight.followed().orElse(null);
    if (followed == null || followed.slots().isEmpty()) {
      state = new Following();
      return;
    }
    boolean present = isPresent(followed.primary(), sight) && !isForced(followed, now);
    switch (state) {
      case Following following -> follow(followed, present, isForced(followed, now));
      case Freezing(Shard shard) when isOver(shard, followed) -> state = new Following();
      case Freezing freezing -> {}
      case Frozen(Shard shard, ReplicaPosition p, long s, long n) when isOver(shard, followed) ->
          state = new Following();
      case Frozen(Shard shard, ReplicaPosition p, long since, long notBefore) ->
          // Its members may have changed; what is frozen belongs to its epoch alone.
          onFrozenTick(new Frozen(followed, p, since, notBefore), present, sight, now);
      case Proposing(Shard shard, ReplicaPosition p, long s) when isOver(shard, followed) ->
          state = new Following();
      case Proposing proposing -> {
        if (isBack(present, proposing.shard(), sight, now)) {
          thaw(proposing.shard(), proposing.position(), proposing.since());
        }
      }
      case Thawing(Shard shard, ReplicaPosition p, long s) when isOver(shard, followed) ->
          state = new Following();
      case Thawing thawing -> {}
    }
  }

  private void follow(Shard followed, boolean present, boolean forced) {
    if (forced || (!present && followed.primary().equals(seen))) {
      back = false;
      state = new Freezing(followed);
      actions.freeze(followed);
    }
  }

  /** Whether what was begun for {@code shard} is settled: by this replica, another, or nobody. */
  private static boolean isOver(Shard shard, Shard followed) {
    return shard.epoch() != followed.epoch() || !shard.primary().equals(followed.primary());
  }

  /** Sees whether the primary lives, in the run that this node follows. */
  private boolean isPresent(NodeId primary, FailoverSight sight) {
    Long run = sight.live().contains(primary) ? sight.runs().get(primary) : null;
    if (run == null) {
      return false;
    }
    if (!primary.equals(seen) || (run != seenRun && sight.resumed().contains(primary))) {
      seen = primary;
      seenRun = run;
    }
    return run == seenRun;
  }

  private boolean isBack(boolean present, Shard shard, FailoverSight sight, long now) {
    if (present && !back) {
      backSince = now;
    }
    back = present;
    return back && now - backSince >= shard.replicas().indexOf(sight.self()) * THAW_TURN;
  }

  /** The stream has stopped. */
  public void onFrozen(Shard shard, ReplicaPosition position, long now) {
    if (state instanceof Freezing freezing && freezing.shard().equals(shard)) {
      state = new Frozen(shard, position, now, now);
      actions.tell(
          new FrozenPosition(
              shard.primary(),
              shard.epoch(),
              position.offset(),
              position.complete(),
              isCandidate(position)));
    }
  }

  private boolean isCandidate(ReplicaPosition position) {
    FailoverPolicy now = policy.get();
    boolean tooOld = now.maxAgeNanos() > 0 && position.ageNanos() > now.maxAgeNanos();
    return position.complete() && now.mayTakeOver() && !tooOld;
  }

  private void onFrozenTick(Frozen frozen, boolean present, FailoverSight sight, long now) {
    if (isBack(present, frozen.shard(), sight, now)) {
      thaw(frozen.shard(), frozen.position(), frozen.since());
    } else if (!present && now - frozen.notBefore() >= 0 && isOwnTurn(frozen, sight, now)) {
      state = new Proposing(frozen.shard(), frozen.position(), frozen.since());
      actions.propose(Takeover.of(frozen.shard(), sight.self()));
    }
  }

  private void thaw(Shard shard, ReplicaPosition position, long since) {
    state = new Thawing(shard, position, since);
    actions.propose(Takeover.thaw(shard));
  }

  /** What was proposed last came to an end; the topology tells which, if it was committed. */
  public void onEnded(boolean committed, long now) {
    switch (state) {
      case Proposing(Shard shard, ReplicaPosition position, long since) when !committed ->
          state = new Frozen(shard, position, since, now + AGAIN_AFTER);
      case Thawing(Shard shard, ReplicaPosition position, long since) when !committed ->
          state = new Frozen(shard, position, since, now + AGAIN_AFTER);
      case Proposing ignored -> {}
      case Thawing ignored -> {}
      case Following ignored -> {}
      case Freezing ignored -> {}
      case Frozen ignored -> {}
    }
  }

  private boolean isOwnTurn(Frozen frozen, FailoverSight sight, long now) {
    if (isForced(frozen.shard(), now)) {
      return true;
    }
    if (!isCandidate(frozen.position())) {
      return false;
    }
    Shard shard = frozen.shard();
    Map<NodeId, FrozenPosition> known = known(shard, frozen.position(), sight);
    boolean allTold = shard.replicas().stream().allMatch(each -> hasTold(each, shard, sight));
    if (!holdsAllAcknowledged(shard, frozen.position(), known)
        || (!allTold && now - frozen.since() < GATHERING)) {
      return false;
    }
    return now - frozen.since() >= rank(sight.self(), known) * TURN;
  }

  /**
   * Whether there is nothing to wait for of a replica: it has told its position, or is not there.
   */
  private static boolean hasTold(NodeId replica, Shard shard, FailoverSight sight) {
    FrozenPosition position = sight.frozen().get(replica);
    return replica.equals(sight.self())
        || !sight.live().contains(replica)
        || (position != null && position.isOf(shard));
  }

  /** The positions, as of this epoch of the shard, of which it is certain what they contain. */
  private static Map<NodeId, FrozenPosition> known(
      Shard shard, ReplicaPosition own, FailoverSight sight) {
    Map<NodeId, FrozenPosition> known = new HashMap<>();
    sight
        .frozen()
        .forEach(
            (node, position) -> {
              boolean counts = position.complete() && position.isOf(shard);
              if (counts && shard.replicas().contains(node)) {
                known.put(node, position);
              }
            });
    known.put(
        sight.self(), new FrozenPosition(shard.primary(), shard.epoch(), own.offset(), true, true));
    return known;
  }

  /**
   * Whether this replica has every write that was acknowledged under {@code min-replicas-to-ack}:
   * each is on so many replicas that among those whose positions are known there is one of them,
   * and none of these has more than this one.
   */
  private boolean holdsAllAcknowledged(
      Shard shard, ReplicaPosition own, Map<NodeId, FrozenPosition> known) {
    int acknowledgements = policy.get().acknowledgements();
    if (acknowledgements <= 0) {
      return true;
    }
    return known.size() >= shard.replicas().size() - acknowledgements + 1
        && known.values().stream().allMatch(each -> each.offset() <= own.offset());
  }

  /** How many candidates there are with more data, or with as much and a lower id. */
  private static int rank(NodeId self, Map<NodeId, FrozenPosition> known) {
    List<NodeId> candidates = new ArrayList<>();
    known.forEach(
        (node, position) -> {
          if (position.candidate()) {
            candidates.add(node);
          }
        });
    candidates.sort(
        Comparator.<NodeId>comparingLong(node -> -offset(known, node))
            .thenComparing(Comparator.naturalOrder()));
    return candidates.indexOf(self);
  }

  private static long offset(Map<NodeId, FrozenPosition> known, NodeId node) {
    FrozenPosition position = known.get(node);
    return position == null ? 0 : position.offset();
  }
}
