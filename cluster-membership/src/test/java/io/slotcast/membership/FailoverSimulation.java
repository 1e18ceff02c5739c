package io.slotcast.membership;

import io.slotcast.membership.NodeSimulation.Member;
import io.slotcast.membership.failover.FailoverPolicy;
import io.slotcast.membership.failover.FailoverSight;
import io.slotcast.membership.failover.FrozenPosition;
import io.slotcast.membership.failover.ReplicaClaim;
import io.slotcast.membership.failover.ReplicaFailover;
import io.slotcast.membership.failover.ReplicaPosition;
import io.slotcast.membership.failover.ReturningPrimary;
import io.slotcast.membership.register.Outcome;
import io.slotcast.membership.register.RegisterChange;
import io.slotcast.router.Node;
import io.slotcast.router.NodeId;
import io.slotcast.router.Shard;
import io.slotcast.router.ShardId;
import io.slotcast.router.SlotSet;
import io.slotcast.router.Topology;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A shard of a primary and its replicas in a {@link NodeSimulation}: a client writes numbers, the
 * primary's stream carries them, replicas acknowledge, and a write counts as acknowledged when
 * enough of them have. Nodes keep nothing over a crash. Whoever accepts a write must hold every
 * acknowledged one.
 */
final class FailoverSimulation {
  private static final int SLOT = 0;
  private static final long MILLI = NodeSimulation.MILLI;
  private static final long STEP = 5 * MILLI;
  private static final long SPEAK = 50 * MILLI;
  private static final long SILENCE = 400 * MILLI;

  /** What the product gets wrong, where a test shows that it would be noticed. */
  enum Mistake {
    NONE,
    /** A replica tells where it is and goes on following. */
    NEVER_FREEZES,
    /** A candidate counts on fewer positions than the acknowledgements demand. */
    ASKS_TOO_FEW,
    /** A restarted primary serves at once. */
    RETURNS_AT_ONCE
  }

  final NodeSimulation cluster;
  final List<Keeper> keepers = new ArrayList<>();
  private final int acknowledgements;
  private final Mistake mistake;
  private final Set<Integer> acknowledged = new LinkedHashSet<>();
  private int written;
  private @Nullable Keeper lastWriter;
  private int lastRun;
  private int changesOfWriter;

  /**
   * @param replicas how many the shard has; two nodes without slots vote as well
   * @param acknowledgements {@code min-replicas-to-ack}
   */
  FailoverSimulation(long seed, int replicas, int acknowledgements, Mistake mistake) {
    this.acknowledgements = acknowledgements;
    this.mistake = mistake;
    NodeId[] ids = NodeSimulation.ids(replicas + 3);
    List<Node> nodes = Stream.of(ids).map(id -> Node.plain(id, "127.0.0.1", 7001)).toList();
    List<NodeId> followers = List.of(ids).subList(1, replicas + 1);
    Shard shard =
        new Shard(new ShardId(ids[0].hex()), ids[0], followers, SlotSet.range(SLOT, SLOT), 0);
    cluster =
        new NodeSimulation(
            seed, new Topology(0, nodes, List.of(shard), List.of()), replicas > 1 ? 5 : 3);
    for (Member member : cluster.members) {
      keepers.add(new Keeper(member));
    }
    cluster.onStart = member -> keeper(member.id).start();
    cluster.start();
  }

  private Keeper keeper(NodeId id) {
    return keepers.stream().filter(each -> each.member.id.equals(id)).findFirst().orElseThrow();
  }

  /** What a node told, as of one of its runs. */
  private record Heard(
      int run,
      long at,
      Optional<FrozenPosition> frozen,
      Optional<ReplicaClaim> claim,
      boolean serving) {}

  /** One node's data, and its part in failovers. */
  final class Keeper {
    final Member member;
    final List<Integer> data = new ArrayList<>();

    /** Whose data it is, by the primary's run; null if it is nobody's. */
    private @Nullable NodeId source;

    private int sourceRun;

    /** The shard's epoch for which it has stopped following. */
    private long frozenEpoch = -1;

    private final Map<NodeId, Integer> confirmed = new HashMap<>();
    private int confirmedByEnough;

    /** Tells nobody that it lives, while everything else of it goes on. */
    boolean mute;

    private final Map<NodeId, Heard> heard = new HashMap<>();
    private Optional<FrozenPosition> told = Optional.empty();
    private ReplicaFailover failover = machine();
    private ReturningPrimary returning = new ReturningPrimary(1, 0, true, this::policy);

    Keeper(Member member) {
      this.member = member;
    }

    private FailoverPolicy policy() {
      int needed = mistake == Mistake.ASKS_TOO_FEW ? 0 : acknowledgements;
      return new FailoverPolicy(needed, true, 0, false, FailoverPolicy.Migration.DEFAULT);
    }

    private ReplicaFailover machine() {
      return new ReplicaFailover(this::policy, new Actions());
    }

    private Topology topology() {
      return member.node().known().topology();
    }

    private Shard shard() {
      return topology().shards().getFirst();
    }

    boolean serves() {
      return member.holds(SLOT);
    }

    /** A new process, with nothing in memory. */
    void start() {
      data.clear();
      source = null;
      frozenEpoch = -1;
      heard.clear();
      confirmed.clear();
      confirmedByEnough = 0;
      told = Optional.empty();
      failover = machine();
      boolean first = member.run() == 1 || mistake == Mistake.RETURNS_AT_ONCE;
      returning = new ReturningPrimary(member.run(), NodeSimulation.SECOND, first, this::policy);
      if (!first) {
        member.node().stopServing(topology().slotsOf(member.id));
      }
      int run = member.run();
      cluster.after(0, () -> step(run));
      cluster.after(0, () -> speak(run));
    }

    private void step(int run) {
      if (member.run() != run || !member.isUp()) {
        return;
      }
      if (!member.isPaused()) {
        look();
        follow();
      }
      cluster.after(STEP, () -> step(run));
    }

    private void look() {
      long now = member.clock();
      FailoverSight sight = sight(now);
      if (returning.tick(sight, now)) {
        member.node().serveAgain(topology().slotsOf(member.id));
      }
      failover.tick(sight, now);
    }

    private FailoverSight sight(long now) {
      Map<NodeId, Long> runs = new HashMap<>();
      Map<NodeId, FrozenPosition> frozen = new HashMap<>();
      Map<NodeId, ReplicaClaim> claims = new HashMap<>();
      Set<NodeId> resumed = new HashSet<>();
      runs.put(member.id, (long) member.run());
      heard.forEach(
          (node, last) -> {
            if (now - last.at() < SILENCE) {
              runs.put(node, (long) last.run());
              last.frozen().ifPresent(position -> frozen.put(node, position));
              last.claim().ifPresent(claim -> claims.put(node, claim));
              if (last.serving()) {
                resumed.add(node);
              }
            }
          });
      return new FailoverSight(member.id, topology(), runs.keySet(), runs, frozen, claims, resumed);
    }

    private void speak(int run) {
      if (member.run() != run || !member.isUp()) {
        return;
      }
      if (!member.isPaused()) {
        tell();
      }
      cluster.after(SPEAK, () -> speak(run));
    }

    private void tell() {
      if (mute) {
        return;
      }
      NodeId primary = shard().primary();
      ReplicaClaim claim =
          new ReplicaClaim(primary, failover.runOf(primary).orElse(0L), primary.equals(source));
      int run = member.run();
      Optional<FrozenPosition> frozen = told;
      boolean serving = returning.isServing();
      for (Keeper other : keepers) {
        if (other != this) {
          cluster.carry(
              member,
              other.member,
              () -> other.hear(member.id, run, frozen, Optional.of(claim), serving));
        }
      }
    }

    private void hear(
        NodeId from,
        int run,
        Optional<FrozenPosition> frozen,
        Optional<ReplicaClaim> claim,
        boolean serving) {
      Heard last = heard.get(from);
      if (last == null || last.run() <= run) {
        heard.put(from, new Heard(run, member.clock(), frozen, claim, serving));
      }
    }

    // Replication.

    private boolean isFrozen() {
      return frozenEpoch >= shard().epoch() && mistake != Mistake.NEVER_FREEZES;
    }

    /** A replica asks its primary for what follows what it has. */
    private void follow() {
      Shard shard = shard();
      if (shard.replicas().contains(member.id) && !isFrozen()) {
        Keeper primary = keeper(shard.primary());
        int from = source != null && source.equals(shard.primary()) ? data.size() : -1;
        int run = sourceRun;
        long epoch = shard.epoch();
        cluster.carry(member, primary.member, () -> primary.feed(this, from, run, epoch));
      }
    }

    /** The primary's answer: nothing unless it serves; the whole if that run did not begin it. */
    private void feed(Keeper replica, int from, int run, long epoch) {
      if (!serves()
          || shard().epoch() != epoch
          || !shard().replicas().contains(replica.member.id)) {
        return;
      }
      boolean partial = run == member.run() && from >= 0 && from <= data.size();
      int begin = partial ? from : 0;
      if (partial) {
        confirm(replica.member.id, from);
      }
      List<Integer> more = List.copyOf(data.subList(begin, data.size()));
      int ownRun = member.run();
      cluster.carry(
          member,
          replica.member,
          () -> replica.take(member.id, ownRun, epoch, partial ? begin : -1, more));
    }

    private void take(NodeId from, int run, long epoch, int begin, List<Integer> more) {
      Shard shard = shard();
      if (isFrozen() || !shard.primary().equals(from) || shard.epoch() != epoch) {
        return;
      }
      boolean continues = from.equals(source) && run == sourceRun && begin == data.size();
      if (begin >= 0 && !continues) {
        return;
      }
      if (begin < 0) {
        data.clear();
      }
      source = from;
      sourceRun = run;
      data.addAll(more);
    }

    private void confirm(NodeId replica, int upTo) {
      confirmed.merge(replica, upTo, Math::max);
      List<Integer> reached =
          confirmed.entrySet().stream()
              .filter(each -> shard().replicas().contains(each.getKey()))
              .map(Map.Entry::getValue)
              .sorted((a, b) -> b - a)
              .toList();
      if (reached.size() >= acknowledgements && acknowledgements > 0) {
        int now = Math.min(data.size(), reached.get(acknowledgements - 1));
        if (now > confirmedByEnough) {
          acknowledged.addAll(data.subList(confirmedByEnough, now));
          confirmedByEnough = now;
        }
      }
    }

    /** A client's write. */
    void write() {
      if (!member.isUp() || member.isPaused() || !serves()) {
        return;
      }
      if (this != lastWriter || member.run() != lastRun) {
        lastWriter = this;
        lastRun = member.run();
        changesOfWriter++;
        confirmed.clear();
        confirmedByEnough = 0;
        requireAcknowledged();
      }
      data.add(++written);
    }

    private void requireAcknowledged() {
      Set<Integer> missing = new HashSet<>(acknowledged);
      data.forEach(missing::remove);
      if (!missing.isEmpty()) {
        throw new AssertionError(missing.size() + " acknowledged writes are lost");
      }
    }

    /** What the state machine has done. */
    private final class Actions implements ReplicaFailover.Actions {
      @Override
      public void freeze(Shard shard) {
        frozenEpoch = shard.epoch();
        boolean complete = shard.primary().equals(source);
        ReplicaPosition position = new ReplicaPosition(data.size(), complete, 0);
        ReplicaFailover asking = failover;
        cluster.carry(member, member, () -> asking.onFrozen(shard, position, member.clock()));
      }

      @Override
      public void tell(FrozenPosition position) {
        told = Optional.of(position);
        Keeper.this.tell();
      }

      @Override
      public void propose(TopologyChange change) {
        ReplicaFailover asking = failover;
        cluster.propose(
            member,
            RegisterChange.of(change),
            outcome -> asking.onEnded(outcome instanceof Outcome.Committed, member.clock()));
      }
    }
  }

  /** Lets a client write for a while, to whoever takes it. */
  void run(long time) {
    for (long end = cluster.now() + time; cluster.now() < end; ) {
      cluster.run(2 * MILLI + cluster.random.nextLong(4 * MILLI));
      keepers.forEach(Keeper::write);
    }
  }

  /** Whether a primary serves and every other node of the shard has all that it has. */
  boolean isWhole() {
    Keeper primary =
        keepers.stream()
            .filter(each -> each.member.isUp() && each.serves())
            .findFirst()
            .orElse(null);
    return primary != null
        && primary.shard().replicas().stream()
            .map(this::keeper)
            .allMatch(
                each ->
                    each.member.isUp()
                        && primary.member.id.equals(each.source)
                        && each.sourceRun == primary.member.run()
                        && each.data.size() + 50 >= primary.data.size());
  }

  int acknowledgedWrites() {
    return acknowledged.size();
  }

  /** How often another node than before took a write. */
  int changesOfWriter() {
    return changesOfWriter;
  }
}
