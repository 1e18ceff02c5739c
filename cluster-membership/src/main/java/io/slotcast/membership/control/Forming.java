package io.slotcast.membership.control;

import io.slotcast.membership.control.Peers.Peer;
import io.slotcast.membership.forming.FoundingMessage;
import io.slotcast.membership.forming.FoundingMessage.Accept;
import io.slotcast.membership.forming.FoundingMessage.Accepted;
import io.slotcast.membership.forming.FoundingMessage.Prepare;
import io.slotcast.membership.forming.FoundingMessage.Promise;
import io.slotcast.membership.forming.FoundingMessage.Refusal;
import io.slotcast.membership.forming.FoundingRound;
import io.slotcast.membership.forming.FoundingVoter;
import io.slotcast.membership.forming.PlacementPlan;
import io.slotcast.membership.register.Ballot;
import io.slotcast.membership.register.ClusterId;
import io.slotcast.membership.register.RegisterValue;
import io.slotcast.router.Node;
import io.slotcast.router.NodeId;
import io.slotcast.router.ShardId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jgroups.Address;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a fresh node comes into a cluster. As long as it is in none it waits for a member of one to
 * tell it the topology, and founds one with the other fresh nodes when enough of them are there:
 * the first by rank begins, the second takes over if nothing came of that for a second, and so on.
 *
 * <p>Which cluster is founded is voted on by all fresh nodes ({@link FoundingVoter}), so two
 * founders cannot both succeed. Owned by the control-plane thread.
 */
final class Forming {
  private static final Logger LOG = LoggerFactory.getLogger(Forming.class);

  /**
   * How long after a view a member may take to introduce itself before it is waited for no more.
   */
  private static final long STRANGER_PATIENCE = Duration.ofSeconds(1).toNanos();

  private static final long PATIENCE_PER_RANK = Duration.ofSeconds(1).toNanos();

  /** How long a node that was told of seeds looks for them before it is a cluster by itself. */
  private static final long LONE_PATIENCE = Duration.ofSeconds(5).toNanos();

  private static final long WAITING_LOGGED_EVERY = Duration.ofSeconds(15).toNanos();
  private static final Duration ROUND_TIMEOUT = Duration.ofMillis(500);
  private static final Duration ROUND_BACK_OFF = Duration.ofMillis(500);

  private final Node self;
  private final Settings settings;
  private final FoundingVoter voter;
  private final Peers peers;
  private final ControlThread thread;
  private final RandomGenerator random;
  private final Runnable save;
  private final BiConsumer<NodeId, FoundingMessage> outbox;
  private final Consumer<RegisterValue> founded;

  private @Nullable FoundingRound round;
  private List<NodeId> electorate = List.of();
  private long highestCounter;
  private long viewSince;

  /** Since when enough fresh nodes are there; null while they are not. */
  private @Nullable Long readySince;

  private long lastLogged = System.nanoTime();
  private boolean done;

  /**
   * @param initialNodes how many fresh nodes begin a cluster
   * @param replicasPerShard how many replicas each of its primaries gets
   * @param alone whether there is nobody to look for
   * @param byHand whether the node is a cluster by itself, without slots, until it is told of
   *     others
   */
  record Settings(int initialNodes, int replicasPerShard, boolean alone, boolean byHand) {}

  /**
   * @param save makes the voter's state durable before it returns
   * @param founded takes the first topology of the cluster that this node founded
   */
  Forming(
      Node self,
      Settings settings,
      FoundingVoter voter,
      Peers peers,
      ControlThread thread,
      RandomGenerator random,
      Runnable save,
      BiConsumer<NodeId, FoundingMessage> outbox,
      Consumer<RegisterValue> founded) {
    this.self = self;
    this.settings = settings;
    this.voter = voter;
    this.peers = peers;
    this.thread = thread;
    this.random = random;
    this.save = save;
    this.outbox = outbox;
    this.founded = founded;
  }

  /** Whether this node has accepted a cluster that someone began to found. */
  boolean begun() {
    return voter.state().accepted() != null;
  }

  /** The node is in a cluster: nothing is founded any more, and no vote is given. */
  void end() {
    done = true;
    round = null;
  }

  void onView(long now) {
    viewSince = now;
    consider(now);
  }

  /** Founds a cluster if it is time to and this node's turn. */
  void consider(long now) {
    if (done || round != null) {
      return;
    }
    boolean alone = settings.alone() || settings.byHand();
    List<NodeId> fresh = alone ? List.of(self.id()) : freshByRank(now);
    if (!isEnough(fresh)) {
      readySince = null;
      logWaiting(fresh.size(), now);
      return;
    }
    if (readySince == null) {
      readySince = now;
    }
    boolean lone = fresh.size() == 1 && !alone;
    long turn = readySince + (lone ? LONE_PATIENCE : fresh.indexOf(self.id()) * PATIENCE_PER_RANK);
    if (now - turn >= 0) {
      begin(fresh);
    } else {
      thread.after(Duration.ofNanos(turn - now), () -> consider(System.nanoTime()));
    }
  }

  private void logWaiting(int there, long now) {
    if (now - lastLogged > WAITING_LOGGED_EVERY) {
      lastLogged = now;
      LOG.info("Waiting for a cluster: it begins with {} nodes, {} are there", wanted(), there);
    }
  }

  /** The fresh nodes, this one among them; none while there may be a cluster to join instead. */
  private List<NodeId> freshByRank(long now) {
    boolean mayKnowMore = !peers.strangers().isEmpty() && now - viewSince < STRANGER_PATIENCE;
    if (mayKnowMore || peers.all().stream().anyMatch(peer -> !peer.isFresh())) {
      return List.of();
    }
    // A node that was restarted may be in the view twice.
    Set<NodeId> fresh = new LinkedHashSet<>();
    for (Address address : peers.view()) {
      Peer peer = peers.at(address);
      if (peers.isSelf(address)) {
        fresh.add(self.id());
      } else if (peer != null) {
        fresh.add(peer.id());
      }
    }
    return List.copyOf(fresh);
  }

  private boolean isEnough(List<NodeId> fresh) {
    if (!fresh.contains(self.id())) {
      return false;
    }
    boolean anyBegun =
        begun() || peers.all().stream().anyMatch(peer -> peer.hello().foundingBegun());
    return fresh.size() >= (anyBegun ? majority(fresh.size()) : wanted());
  }

  /**
   * How many nodes a cluster is to begin with; of those that say otherwise the most cautious
   * counts.
   */
  private int wanted() {
    if (settings.byHand()) {
      return 1;
    }
    return peers.all().stream()
        .mapToInt(peer -> peer.hello().initialNodes())
        .reduce(settings.initialNodes(), Math::max);
  }

  private int majority(int fresh) {
    return Math.max(wanted(), fresh) / 2 + 1;
  }

  private void begin(List<NodeId> fresh) {
    Ballot promised = voter.state().promised();
    long counter = Math.max(highestCounter, promised == null ? 0 : promised.counter()) + 1;
    Prepare prepare = new Prepare(new Ballot(counter, self.id()));
    FoundingRound begun =
        new FoundingRound(prepare.ballot(), majority(fresh.size()), genesis(fresh));
    // The own promise is durable first: it is what keeps a ballot from being used twice.
    FoundingMessage own = voter.answer(prepare);
    save.run();
    round = begun;
    electorate = fresh;
    for (NodeId node : fresh) {
      if (!node.equals(self.id())) {
        outbox.accept(node, prepare);
      }
    }
    thread.after(ROUND_TIMEOUT, () -> giveUp(begun));
    onMessage(self.id(), own);
  }

  private RegisterValue genesis(List<NodeId> fresh) {
    if (settings.byHand()) {
      return RegisterValue.genesis(
          ClusterId.random(random),
          List.of(self.id()),
          PlacementPlan.empty(self, ShardId.random(random)));
    }
    List<Node> nodes = new ArrayList<>();
    for (NodeId id : fresh) {
      Peer peer = peers.of(id);
      nodes.add(peer == null ? self : peer.hello().node());
    }
    return RegisterValue.genesis(
        ClusterId.random(random),
        PlacementPlan.voters(nodes),
        PlacementPlan.initial(nodes, settings.replicasPerShard(), () -> ShardId.random(random)));
  }

  private void giveUp(FoundingRound attempt) {
    if (attempt.equals(round)) {
      round = null;
      long pause = random.nextLong(ROUND_BACK_OFF.toNanos());
      thread.after(Duration.ofNanos(pause), () -> consider(System.nanoTime()));
    }
  }

  void onMessage(NodeId from, FoundingMessage message) {
    if (done) {
      return;
    }
    switch (message) {
      case Prepare prepare -> answer(from, voter.answer(prepare));
      case Accept accept -> answer(from, voter.answer(accept));
      case Promise promise -> onPromise(from, promise);
      case Accepted accepted -> onAccepted(from, accepted);
      case Refusal refusal ->
          highestCounter = Math.max(highestCounter, refusal.promised().counter());
    }
  }

  private void answer(NodeId to, FoundingMessage answer) {
    save.run();
    outbox.accept(to, answer);
  }

  private void onPromise(NodeId from, Promise promise) {
    FoundingRound current = round;
    if (current != null) {
      current
          .promised(from, promise)
          .ifPresent(
              genesis ->
                  electorate.forEach(
                      node -> outbox.accept(node, new Accept(current.ballot(), genesis))));
    }
  }

  private void onAccepted(NodeId from, Accepted accepted) {
    FoundingRound current = round;
    if (current != null && current.accepted(from, accepted)) {
      RegisterValue genesis = current.genesis();
      LOG.info(
          "Cluster {} is founded with {} nodes, {} of them voters",
          genesis.cluster(),
          genesis.topology().nodes().size(),
          genesis.voters().all().size());
      founded.accept(genesis);
    }
  }
}
