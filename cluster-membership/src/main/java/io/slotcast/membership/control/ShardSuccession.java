package io.slotcast.membership.control;

import io.slotcast.membership.TopologyChange;
import io.slotcast.membership.failover.FailoverPolicy;
import io.slotcast.membership.failover.FailoverSight;
import io.slotcast.membership.failover.FailoverWish;
import io.slotcast.membership.failover.FrozenPosition;
import io.slotcast.membership.failover.ReplicaClaim;
import io.slotcast.membership.failover.ReplicaFailover;
import io.slotcast.membership.failover.ReplicaMigration;
import io.slotcast.membership.failover.ReplicaPosition;
import io.slotcast.membership.failover.ReplicaStream;
import io.slotcast.membership.failover.ReturningPrimary;
import io.slotcast.router.NodeId;
import io.slotcast.router.Shard;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gives a node's part in the succession of its shard's primary the time and what there is to see:
 * {@link ReplicaFailover} and {@link ReplicaMigration} while it is a replica, {@link
 * ReturningPrimary} when it was restarted as a primary. Owned by the control-plane thread.
 */
final class ShardSuccession {
  /** The name in the soft state of the run in which a node serves with the data that it has. */
  private static final String SERVING_RUN = "serving-run";

  /** What a node publishes about its part in its shard. */
  static final Set<String> FACTS =
      Set.of(SERVING_RUN, FailoverWish.NAME, ReplicaClaim.NAME, FrozenPosition.NAME);

  /** As long as Redis lets a failover by command take. */
  private static final Duration WISH_PATIENCE = Duration.ofSeconds(5);

  private static final Duration IDLE_TICK = Duration.ofMillis(100);
  private static final Duration ACTIVE_TICK = Duration.ofMillis(10);
  private static final Logger LOG = LoggerFactory.getLogger(ShardSuccession.class);

  private final ClusterMember member;
  private final NodeId self;
  private final SoftStates soft;
  private final ControlThread thread;
  private final Succession parts;
  private final Supplier<Map<NodeId, Long>> runs;
  private final ReplicaFailover failover;
  private final ReplicaMigration migration;
  private final ReturningPrimary returning;
  private final long run;
  private @Nullable ReplicaClaim told;

  /** The wishes that this node has uttered in this run. */
  private long wishes;

  /** The newest wish of each replica that was passed on. */
  private final Map<NodeId, FailoverWish> granted = new HashMap<>();

  private boolean ticking;

  /** Whether a change of this node's primary is proposed. */
  private boolean migrating;

  /**
   * What the node's owner has given; may come later than the cluster does. Safe from any thread.
   */
  static final class Succession {
    private volatile ReplicaStream stream = ReplicaStream.NONE;
    private volatile Supplier<FailoverPolicy> policy = () -> FailoverPolicy.DEFAULT;
    private volatile BiConsumer<NodeId, Boolean> onWish = (replica, forced) -> {};

    void onWish(BiConsumer<NodeId, Boolean> listener) {
      onWish = listener;
    }

    void follow(ReplicaStream newStream, Supplier<FailoverPolicy> newPolicy) {
      policy = newPolicy;
      stream = newStream;
    }

    FailoverPolicy policy() {
      return policy.get();
    }
  }

  /**
   * @param run the number of this run of the node
   * @param returned whether the node was in the cluster in an earlier run
   * @param patience how long silent replicas of a restarted primary are waited for
   * @param runs the run of each live node, this one included
   */
  ShardSuccession(
      ClusterMember member,
      NodeId self,
      long run,
      boolean returned,
      Duration patience,
      SoftStates soft,
      ControlThread thread,
      Succession parts,
      Supplier<Map<NodeId, Long>> runs) {
    this.member = member;
    this.self = self;
    this.soft = soft;
    this.thread = thread;
    this.parts = parts;
    this.runs = runs;
    this.run = run;
    failover = new ReplicaFailover(parts::policy, new Actions());
    migration = new ReplicaMigration(parts::policy);
    returning = new ReturningPrimary(run, patience.toNanos(), !returned, parts::policy);
    if (returned) {
      member.holdBack();
    } else {
      tellServing();
    }
    thread.every(IDLE_TICK, this::tick);
  }

  /** Something has changed: looks at it, but not from within whatever changed it. */
  void soon() {
    thread.execute(this::tick);
  }

  private void tick() {
    long now = System.nanoTime();
    FailoverSight sight = sight();
    if (returning.tick(sight, now)) {
      tellServing();
      member.serveAtLast();
    }
    failover.tick(sight, now);
    migration.due(sight, now).filter(change -> !failover.isActive()).ifPresent(this::migrate);
    tellClaim(sight);
    hearWishes(sight);
    if (failover.isActive() && !ticking) {
      ticking = true;
      thread.after(
          ACTIVE_TICK,
          () -> {
            ticking = false;
            tick();
          });
    }
  }

  private void migrate(TopologyChange change) {
    if (migrating) {
      return;
    }
    migrating = true;
    member
        .propose(change)
        .whenComplete(
            (topology, failure) -> {
              migrating = false;
              if (failure == null) {
                LOG.info("This replica has gone to a primary that had none left");
              } else {
                LOG.debug("this replica stays", failure);
              }
            });
  }

  private FailoverSight sight() {
    Map<NodeId, Long> present = runs.get();
    Set<NodeId> resumed = new HashSet<>();
    read(SERVING_RUN, ShardSuccession::decodeRun)
        .forEach(
            (node, serving) -> {
              if (serving.equals(present.get(node))) {
                resumed.add(node);
              }
            });
    return new FailoverSight(
        self,
        member.value().topology(),
        present.keySet(),
        present,
        read(FrozenPosition.NAME, FrozenPosition::decode),
        read(ReplicaClaim.NAME, ReplicaClaim::decode),
        resumed);
  }

  private <T> Map<NodeId, T> read(String name, Function<byte[], Optional<T>> decoding) {
    Map<NodeId, T> facts = new HashMap<>();
    soft.readAll(name)
        .forEach((node, bytes) -> decoding.apply(bytes).ifPresent(fact -> facts.put(node, fact)));
    return facts;
  }

  private static Optional<Long> decodeRun(byte[] bytes) {
    return bytes.length == Long.BYTES
        ? Optional.of(ByteBuffer.wrap(bytes).getLong())
        : Optional.empty();
  }

  /** An operator wants this replica to take over. */
  void wish(boolean forced) {
    Shard shard = sight().followed().orElse(null);
    if (shard != null) {
      FailoverWish wish = new FailoverWish(shard.primary(), shard.epoch(), ++wishes, forced);
      soft.publish(FailoverWish.NAME, wish.encoded());
      if (forced) {
        failover.force(shard, WISH_PATIENCE.toNanos(), System.nanoTime());
        tick();
      }
    }
  }

  /** As a primary: passes on what replicas wish for, each wish once. */
  private void hearWishes(FailoverSight sight) {
    Shard own = sight.topology().shardOf(self).orElse(null);
    if (own == null || !own.primary().equals(self)) {
      return;
    }
    read(FailoverWish.NAME, FailoverWish::decode)
        .forEach(
            (replica, wish) -> {
              boolean counts = wish.isOf(own) && own.replicas().contains(replica);
              if (counts && !wish.equals(granted.put(replica, wish))) {
                parts.onWish.accept(replica, wish.forced());
              }
            });
  }

  private void tellServing() {
    soft.publish(SERVING_RUN, ByteBuffer.allocate(Long.BYTES).putLong(run).array());
  }

  private void tellClaim(FailoverSight sight) {
    Shard followed = sight.followed().orElse(null);
    ReplicaPosition position = parts.stream.position();
    ReplicaClaim claim =
        followed == null
            ? new ReplicaClaim(self, 0, false)
            : new ReplicaClaim(
                followed.primary(),
                failover.runOf(followed.primary()).orElse(0L),
                position.complete() && parts.policy().mayTakeOver());
    if (!claim.equals(told)) {
      told = claim;
      soft.publish(ReplicaClaim.NAME, claim.encoded());
    }
  }

  /** What the state machine of a replica has done. */
  private final class Actions implements ReplicaFailover.Actions {
    @Override
    public void freeze(Shard shard) {
      LOG.info("The primary {} is gone; this replica stops where it is", shard.primary());
      parts
          .stream
          .freeze(shard.primary(), shard.epoch())
          .whenComplete(
              (position, failure) ->
                  thread.execute(
                      () ->
                          failover.onFrozen(
                              shard,
                              failure == null ? position : ReplicaPosition.NOTHING,
                              System.nanoTime())));
    }

    @Override
    public void tell(FrozenPosition position) {
      soft.publish(FrozenPosition.NAME, position.encoded());
    }

    @Override
    public void propose(TopologyChange change) {
      member
          .propose(change)
          .whenComplete(
              (topology, failure) -> {
                if (failure == null) {
                  LOG.info("The shard's succession is settled at epoch {}", topology.epoch());
                } else {
                  LOG.debug("not settled", failure);
                }
                failover.onEnded(failure == null, System.nanoTime());
              });
    }
  }
}
