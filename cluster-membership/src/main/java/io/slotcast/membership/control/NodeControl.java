package io.slotcast.membership.control;

import io.slotcast.membership.TopologyChange;
import io.slotcast.membership.bus.Delivery;
import io.slotcast.membership.control.ControlMessage.Founding;
import io.slotcast.membership.control.ControlMessage.Hello;
import io.slotcast.membership.control.ControlMessage.Introduction;
import io.slotcast.membership.control.ControlMessage.Register;
import io.slotcast.membership.control.ControlMessage.Soft;
import io.slotcast.membership.control.ControlMessage.SoftWanted;
import io.slotcast.membership.control.Peers.Peer;
import io.slotcast.membership.control.ShardSuccession.Succession;
import io.slotcast.membership.forming.FoundingMessage;
import io.slotcast.membership.forming.FoundingVoter;
import io.slotcast.membership.register.AcceptorState;
import io.slotcast.membership.register.Ballot;
import io.slotcast.membership.register.ClusterId;
import io.slotcast.membership.register.Envelope;
import io.slotcast.membership.register.Message;
import io.slotcast.membership.register.RegisterValue;
import io.slotcast.router.Node;
import io.slotcast.router.NodeId;
import io.slotcast.router.SlotSet;
import io.slotcast.router.Topology;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jgroups.Address;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What one node does on the control plane: it greets the others, forms or joins a cluster, passes
 * on committed topologies, sees to its own place in them and keeps its leases. Owned by the
 * control-plane thread.
 */
final class NodeControl {
  private static final Logger LOG = LoggerFactory.getLogger(NodeControl.class);
  private static final long WARNING_EVERY = Duration.ofMinutes(1).toNanos();

  /** How long a restarted primary waits for silent replicas: views may take so long to merge. */
  private static final Duration RETURN_PATIENCE = Duration.ofSeconds(10);

  private final Settings settings;
  private final NodeMemory memory;
  private final SoftStates soft;
  private final ControlThread thread;
  private final RandomGenerator random;
  private final Post post;
  private final Listener listener;
  private final Peers peers = new Peers();
  private final Forming forming;
  private final VoterCare voters = new VoterCare();
  private final OwnPlace place;
  private final Departure departure;
  private final Succession parts;
  private @Nullable ClusterMember member;
  private @Nullable ShardSuccession succession;
  private Set<NodeId> live;

  /** Other clusters that were seen. */
  private final Set<ClusterId> foreign = new HashSet<>();

  private long lastWarning = System.nanoTime() - WARNING_EVERY;

  /**
   * @param self this node as it announces itself
   * @param alone whether a fresh node has nobody to look for
   * @param byHand whether a fresh node is a cluster of its own without slots
   * @param silence after how long a silent node is thought dead
   * @param lease how long a lease runs
   */
  record Settings(
      Node self,
      int initialNodes,
      int replicasPerShard,
      boolean alone,
      boolean byHand,
      Supplier<Duration> silence,
      Duration lease) {}

  /** Told what others may want to know, on the control-plane thread. */
  interface Listener {
    /** This node is in a cluster from now on. */
    void joined(ClusterMember member);

    void committed(RegisterValue value);

    void live(Set<NodeId> nodes);

    /**
     * This node's stay is over, and what it is next stands in its memory: nothing runs on the
     * control-plane thread after this.
     */
    void departed();
  }

  NodeControl(
      Settings settings,
      NodeMemory memory,
      SoftStates soft,
      ControlThread thread,
      RandomGenerator random,
      Succession parts,
      Meeting meeting,
      Post.Wire wire,
      Listener listener) {
    this.settings = settings;
    this.memory = memory;
    this.soft = soft;
    this.thread = thread;
    this.random = random;
    this.parts = parts;
    this.post = new Post(peers, wire);
    this.listener = listener;
    live = Set.of(self());
    place = new OwnPlace(settings.self(), settings.replicasPerShard(), memory, thread, random);
    departure =
        new Departure(
            settings.self(),
            memory,
            meeting,
            place,
            thread,
            random,
            () -> member,
            wire::note,
            listener::departed);
    FoundingVoter voter = new FoundingVoter(memory.founding());
    forming =
        new Forming(
            settings.self(),
            new Forming.Settings(
                settings.initialNodes(),
                settings.replicasPerShard(),
                settings.alone(),
                settings.byHand()),
            voter,
            peers,
            thread,
            random,
            () -> memory.save(voter.state()),
            this::sendFounding,
            this::founded);
  }

  private NodeId self() {
    return settings.self().id();
  }

  /** Goes on as a member of the cluster that the node was in, if there is one; called first. */
  void resume() {
    if (memory.acceptor().known() != null) {
      join(memory.acceptor());
    }
  }

  /** Looks for a cluster, or founds one, unless the node is in one. */
  void begin() {
    form(System.nanoTime());
  }

  private void form(long now) {
    if (member == null && memory.transit() == null) {
      forming.consider(now);
    }
  }

  // The bus.

  void onView(List<Address> members, Address own) {
    peers.onView(members, own);
    members.forEach(member -> greet(member, Delivery.RELIABLE));
    if (memory.transit() == null) {
      forming.onView(System.nanoTime());
    }
    updateLive();
  }

  private void greet(Address address, Delivery delivery) {
    if (!peers.isSelf(address)) {
      post.send(address, hello(peers.at(address) == null), delivery);
    }
  }

  private Hello hello(boolean answerWanted) {
    ClusterMember current = member;
    return new Hello(
        settings.self(),
        memory.acceptor().incarnation(),
        current == null ? null : current.value().cluster(),
        current == null ? 0 : current.value().epoch(),
        settings.initialNodes(),
        forming.begun(),
        soft.sequence(),
        answerWanted);
  }

  void onMessage(Address from, ControlMessage message) {
    peers.onHeard(from, System.nanoTime());
    switch (message) {
      case Hello hello -> onHello(from, hello);
      case Founding founding -> forming.onMessage(founding.from(), founding.message());
      case Register(Envelope envelope) -> onEnvelope(envelope);
      case Soft published -> onSoft(published);
      case SoftWanted ignored -> {
        if (member != null) {
          post.send(from, soft.own(member.value().cluster()));
        }
      }
      case Introduction ignored -> {}
    }
  }

  private void onHello(Address from, Hello hello) {
    long now = System.nanoTime();
    if (hello.node().id().equals(self())) {
      warn("Another node, at {}:{}, has this node's id; was its data folder copied?", hello.node());
      return;
    }
    if (!peers.onHello(from, hello, now)) {
      return;
    }
    if (hello.answerWanted()) {
      post.send(from, hello(false));
    }
    if (member == null) {
      form(now);
    } else {
      bringUpToDate(from, hello, member.value());
    }
    updateLive();
  }

  private void bringUpToDate(Address peer, Hello hello, RegisterValue value) {
    ClusterId cluster = hello.cluster();
    if (cluster != null && !cluster.equals(value.cluster())) {
      if (foreign.add(cluster)) {
        LOG.warn(
            "The node at {}:{} is of another cluster and is ignored, unless it is met",
            hello.node().host(),
            hello.node().port());
      }
      return;
    }
    if (hello.epoch() < value.epoch()) {
      post.send(peer, envelope(new Message.Committed(value)));
    } else if (hello.epoch() > value.epoch()) {
      post.send(peer, hello(false));
    }
    if (cluster != null
        && soft.lacks(hello.node().id(), hello.incarnation(), hello.softSequence())) {
      post.send(peer, new SoftWanted());
    }
  }

  private void warn(String format, Node about) {
    long now = System.nanoTime();
    if (now - lastWarning > WARNING_EVERY) {
      lastWarning = now;
      LOG.warn(format, about.host(), about.port());
    }
  }

  private void onEnvelope(Envelope envelope) {
    ClusterMember current = member;
    if (current == null) {
      if (envelope.message() instanceof Message.Committed(RegisterValue value)) {
        adopt(value);
      }
    } else if (envelope.cluster().equals(current.value().cluster())) {
      current.onMessage(envelope.from(), envelope.message());
    }
  }

  private void onSoft(Soft published) {
    if (member != null && published.cluster().equals(member.value().cluster())) {
      soft.heard(published);
      lookAtSuccession();
    }
  }

  /** From a node that may be in no group with this one. */
  void onNote(ControlMessage note) {
    if (note instanceof Introduction introduction) {
      departure.onIntroduction(introduction);
    }
  }

  // Being in a cluster.

  /** Tells all at once; whoever misses it is told by the next greeting. */
  private void founded(RegisterValue genesis) {
    adopt(genesis);
    Register news = envelope(new Message.Committed(genesis));
    peers.all().forEach(peer -> post.send(peer.address(), news));
  }

  /**
   * A fresh node enters the cluster of {@code value}, for good: another one is ignored from now.
   */
  private void adopt(RegisterValue value) {
    if (member != null || !departure.isWanted(value)) {
      return;
    }
    boolean founder = value.id().equals(Ballot.ZERO) && value.voters().all().contains(self());
    AcceptorState coming = memory.comingTo(value.cluster());
    RegisterValue remembered = coming.known();
    if (founder) {
      join(coming.founding(value));
    } else if (remembered != null && remembered.epoch() > value.epoch()) {
      join(coming);
    } else {
      join(coming.withKnown(value));
    }
    peers.view().forEach(peer -> greet(peer, Delivery.RELIABLE));
  }

  private void join(AcceptorState kept) {
    ClusterMember joined =
        new ClusterMember(
            self(),
            kept,
            !memory.returned(),
            settings.lease(),
            memory,
            this::sendRegister,
            thread,
            random);
    member = joined;
    forming.end();
    succession =
        new ShardSuccession(
            joined,
            self(),
            memory.acceptor().incarnation(),
            memory.returned(),
            RETURN_PATIENCE,
            soft,
            thread,
            parts,
            this::runs);
    listener.joined(joined);
    joined.onNewer(value -> onCommitted(joined));
    onCommitted(joined);
    updateLive();
  }

  private void onCommitted(ClusterMember joined) {
    if (place.isTaken(joined)) {
      listener.committed(joined.value());
    }
    // Not from within the register's own call: a proposal would come back into it.
    thread.execute(() -> place.take(joined));
    departure.onCommitted(joined.value());
    lookAtSuccession();
  }

  /** See {@link io.slotcast.membership.ClusterMembership#requestFailover}. */
  void requestFailover(boolean forced) {
    if (succession != null) {
      succession.wish(forced);
    }
  }

  private void lookAtSuccession() {
    if (succession != null) {
      succession.soon();
    }
  }

  /** Which run of each live node is known, of this one too. */
  private Map<NodeId, Long> runs() {
    Map<NodeId, Long> runs = peers.runs(live);
    runs.put(self(), memory.acceptor().incarnation());
    return runs;
  }

  /** See {@link io.slotcast.membership.ClusterMembership#meet}. */
  void meet(InetSocketAddress bus) {
    departure.meet(bus, System.nanoTime());
  }

  /** See {@link io.slotcast.membership.ClusterMembership#reset}. */
  void reset(NodeId name) {
    departure.reset(name, () -> live);
  }

  CompletionStage<Topology> propose(TopologyChange change) {
    ClusterMember current = member;
    return current == null
        ? CompletableFuture.failedFuture(
            new TopologyChange.RefusedException("this node is in no cluster yet"))
        : current.propose(change);
  }

  /** See {@link io.slotcast.membership.ClusterMembership#stopServing}. */
  void stopServing(SlotSet slots) throws TopologyChange.RefusedException {
    if (member == null) {
      throw new TopologyChange.RefusedException("this node is in no cluster yet");
    }
    member.stopServing(slots);
  }

  void serveAgain(SlotSet slots) {
    if (member != null) {
      member.serveAgain(slots);
    }
  }

  /** Once a second or so: tells all what this node knows, and sees to what may have been missed. */
  void onHelloTimer() {
    long now = System.nanoTime();
    peers.view().forEach(peer -> greet(peer, Delivery.BEST_EFFORT));
    departure.tick(now);
    if (member == null) {
      form(now);
    } else {
      voters.look(member.value(), live, now);
      if (isFirstLive()) {
        voters.propose(member, live, now);
      }
    }
    updateLive();
  }

  /** Whether of the live members this node ranks first: the one to propose what anyone could. */
  private boolean isFirstLive() {
    for (Address address : peers.view()) {
      Peer peer = peers.at(address);
      if (peers.isSelf(address)) {
        return true;
      } else if (peer != null && live.contains(peer.id())) {
        return false;
      }
    }
    return false;
  }

  private void updateLive() {
    Set<NodeId> now = new TreeSet<>();
    if (member != null) {
      now.addAll(
          peers.live(
              member.value().cluster(), System.nanoTime(), settings.silence().get().toNanos()));
    }
    now.add(self());
    if (!now.equals(live)) {
      live = Set.copyOf(now);
      soft.retain(live);
      listener.live(live);
      lookAtSuccession();
    }
  }

  // Sending.

  private void sendFounding(NodeId to, FoundingMessage message) {
    if (to.equals(self())) {
      thread.execute(() -> forming.onMessage(to, message));
    } else {
      post.send(to, new Founding(self(), message));
    }
  }

  private void sendRegister(NodeId to, Message message) {
    ClusterMember current = member;
    if (to.equals(self())) {
      thread.execute(
          () -> {
            if (member != null) {
              member.onMessage(to, message);
            }
          });
    } else if (current != null) {
      post.send(to, envelope(message));
    }
  }

  private Register envelope(Message message) {
    ClusterId cluster = Objects.requireNonNull(member).value().cluster();
    return new Register(new Envelope(cluster, self(), message));
  }

  /** Tells all peers what this node has published; several publications may go as one. */
  void publishSoft() {
    ClusterMember current = member;
    if (current != null) {
      ClusterId cluster = current.value().cluster();
      Soft own = soft.own(cluster);
      for (Peer peer : peers.all()) {
        if (peer.isOf(cluster)) {
          post.send(peer.address(), own);
        }
      }
    }
  }

  void releaseLeases() {
    if (member != null) {
      member.releaseLeases();
    }
  }
}
