package io.slotcast.membership.register;

import io.slotcast.membership.TopologyChange;
import io.slotcast.router.Node;
import io.slotcast.router.NodeId;
import io.slotcast.router.Shard;
import io.slotcast.router.ShardId;
import io.slotcast.router.SlotSet;
import io.slotcast.router.Topology;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A cluster in one thread: nodes, the messages between them, the time, and what must never happen.
 * Every step is a method; who takes which step when is up to a {@link ScheduleGenerator}.
 *
 * <p>Nodes are numbers here, and sets of nodes are bits, as schedules need many of them.
 */
final class SimulatedCluster {
  /** The slots that have owners: slot 0 belongs to node 0 at first, slot 1 to node 1. */
  static final int SLOTS = 2;

  /** How many nodes there are, the first three founding voters, and how voters are replaced. */
  enum Shape {
    ONE_OF_THREE_REPLACED(4),
    ALL_THREE_REPLACED(6),
    THREE_TO_FIVE_AND_BACK(6),
    FIXED(3),
    ANY(7);

    final int nodes;

    Shape(int nodes) {
      this.nodes = nodes;
    }
  }

  /** A message in flight, or delivered already: those may come again. */
  static final class Letter {
    final int from;
    final int to;
    final Message message;
    final MessageKind kind;
    boolean delivered;

    Letter(int from, int to, Message message) {
      this.from = from;
      this.to = to;
      this.message = message;
      this.kind = MessageKind.of(message);
    }
  }

  final Shape shape;
  final List<Letter> letters = new ArrayList<>();
  final List<SimulatedNode> nodes = new ArrayList<>();
  final Descent descent;
  private final Variant variant;
  private final Rules rules;
  private final RegisterValue genesis;
  private final List<NodeId> ids = new ArrayList<>();
  private final Map<NodeId, Integer> indexes = new HashMap<>();
  private final Map<Ballot, Long> epochsOfVoters = new HashMap<>();
  private long now;
  private long highestCounter;
  private long chosenCounter = -1;
  private @Nullable String violation;

  SimulatedCluster(Variant variant, Shape shape, RandomGenerator random) {
    this.variant = variant;
    this.shape = shape;
    this.rules = variant.rules(this);
    for (int i = 0; i < shape.nodes; i++) {
      NodeId id = new NodeId(String.valueOf((char) ('a' + i % 6)).repeat(39) + i);
      ids.add(id);
      indexes.put(id, i);
    }
    this.genesis =
        RegisterValue.genesis(
            new ClusterId("c".repeat(ClusterId.LENGTH)), ids(0b111), firstTopology());
    this.descent = new Descent(genesis);
    epochsOfVoters.put(genesis.votersId(), genesis.epoch());
    for (int i = 0; i < shape.nodes; i++) {
      int rate =
          switch (random.nextInt(3)) {
            case 0 -> 100;
            case 1 -> 105;
            default -> 100 + random.nextInt(6);
          };
      AcceptorState fresh = AcceptorState.fresh();
      AcceptorState disk = i < 3 ? fresh.founding(genesis) : fresh.withKnown(genesis);
      long offset = random.nextLong(1_000_000_000_000L);
      nodes.add(new SimulatedNode(this, i, ids.get(i), disk, rate, offset));
    }
  }

  private Topology firstTopology() {
    List<Node> all = new ArrayList<>();
    List<Shard> shards = new ArrayList<>();
    for (int i = 0; i < ids.size(); i++) {
      all.add(Node.plain(ids.get(i), "127.0.0.1", 7001 + i));
      SlotSet slots = i < SLOTS ? SlotSet.range(i, i) : SlotSet.empty();
      shards.add(new Shard(new ShardId(ids.get(i).hex()), ids.get(i), List.of(), slots, 0));
    }
    return new Topology(0, all, shards, List.of());
  }

  Variant variant() {
    return variant;
  }

  Rules rules() {
    return rules;
  }

  RegisterValue genesis() {
    return genesis;
  }

  /** In ticks; {@link LeaseBounds#MAX_NANOS} is 1,000 of them on the slowest clock. */
  long now() {
    return now;
  }

  /** The highest ballot counter that anyone has used. */
  long highestCounter() {
    return highestCounter;
  }

  /** In which epoch the voters of a value were set. */
  long epochOfVoters(RegisterValue value) {
    return Objects.requireNonNull(epochsOfVoters.get(value.votersId()));
  }

  /** The next round of any node, but one that keeps to the product's choice, takes this counter. */
  void chooseCounter(long counter) {
    chosenCounter = counter;
  }

  /** What the schedule chose, or a counter above all. */
  long nextCounter(long last) {
    long chosen = chosenCounter;
    chosenCounter = -1;
    boolean fresh = chosen > last;
    boolean reuses = variant == Variant.N11_BALLOTS_REUSED && chosen > 0;
    return fresh || reuses ? chosen : Math.max(highestCounter, last) + 1;
  }

  /** What went wrong; null if nothing has. */
  @Nullable String violation() {
    return violation == null ? descent.fork() : violation;
  }

  int indexOf(NodeId id) {
    return Objects.requireNonNull(indexes.get(id));
  }

  Set<NodeId> ids(int bits) {
    Set<NodeId> chosen = new TreeSet<>();
    for (int i = 0; i < ids.size(); i++) {
      if ((bits >> i & 1) != 0) {
        chosen.add(ids.get(i));
      }
    }
    return chosen;
  }

  int bits(Collection<NodeId> chosen) {
    int bits = 0;
    for (NodeId id : chosen) {
      bits |= 1 << indexOf(id);
    }
    return bits;
  }

  /** The owner of one of the slots in play. */
  int ownerOf(int slot, RegisterValue value) {
    return indexOf(Objects.requireNonNull(value.topology().primaryOf(slot)).id());
  }

  void send(SimulatedNode from, NodeId to, Message message) {
    switch (message) {
      case Message.Prepare(Ballot ballot) ->
          highestCounter = Math.max(highestCounter, ballot.counter());
      case Message.Accept(Ballot ballot, RegisterValue value) -> {
        from.proposing = value;
        descent.proposed(value, Objects.requireNonNull(from.found));
        epochsOfVoters.putIfAbsent(value.votersId(), value.epoch());
      }
      default -> {}
    }
    letters.add(new Letter(from.index, indexOf(to), message));
  }

  /** A round of {@code node} found {@code base}: at least what the node knew when it began. */
  void found(SimulatedNode node, RegisterValue base) {
    RegisterValue known = node.knownAtStart;
    if (variant.isRight() && base != known && base.epoch() <= known.epoch()) {
      violation = "node " + node.index + " knew " + known + " and found " + base;
    }
  }

  // The steps.

  void deliver(Letter letter) {
    letter.delivered = true;
    SimulatedNode node = nodes.get(letter.to);
    AcceptedValue before = node.state.current().accepted();
    node.receive(ids.get(letter.from), letter.message);
    AcceptedValue after = node.state.current().accepted();
    if (after != before && after != null) {
      descent.accepted(node.id, after.ballot(), after.value());
    }
    check();
  }

  void pass(long ticks) {
    now += ticks;
    check();
  }

  void begin(int node, RegisterChange change) {
    nodes.get(node).begin(change, outcome -> {});
    check();
  }

  void crash(int node, boolean forgetsKnown) {
    nodes.get(node).restart(forgetsKnown);
    check();
  }

  /** Whether there was anything to ask for. */
  boolean askLease(int node, boolean resumes, boolean half) {
    SimulatedNode asking = nodes.get(node);
    if (resumes) {
      asking.lease.resume(asking.known.value().topology().slotsOf(asking.id));
    }
    long length = half ? LeaseBounds.MAX_NANOS / 2 : LeaseBounds.MAX_NANOS;
    if (variant == Variant.N15_LEASE_BOUND_INSIDE_VALUE) {
      length = Variant.boundIn(asking.known.value());
    }
    boolean asked = asking.lease.renew(length, asking.clock());
    check();
    return asked;
  }

  void release(int node, int slot) {
    SimulatedNode owner = nodes.get(node);
    SlotSet one = SlotSet.range(slot, slot);
    if (owner
        .known
        .value()
        .topology()
        .slotsOf(owner.id)
        .minus(owner.lease.stopped())
        .contains(slot)) {
      owner.lease.stop(one);
      check();
    }
  }

  /** N10 only: a node that knows itself removed forgets what it promised and accepted. */
  void wipe(int node) {
    SimulatedNode removed = nodes.get(node);
    boolean votes = removed.known.value().voters().all().contains(removed.id);
    if (variant == Variant.N10_REMOVED_VOTER_FORGETS
        && !votes
        && removed.state.current().accepted() != null) {
      removed.wipe();
    }
  }

  private void check() {
    for (int slot = 0; slot < SLOTS && violation == null; slot++) {
      SimulatedNode serving = null;
      for (SimulatedNode node : nodes) {
        if (!node.lease.holds(slot, node.clock())) {
          continue;
        }
        if (serving != null) {
          violation =
              "nodes %d (knowing %s) and %d (knowing %s) both serve slot %d"
                  .formatted(
                      serving.index, serving.known.value(), node.index, node.known.value(), slot);
        }
        serving = node;
      }
    }
  }

  // Changes.

  RegisterChange takeover(int slot, int by) {
    NodeId heir = ids.get(by);
    return RegisterChange.of(
        topology -> {
          if (topology.slotsOf(heir).contains(slot)) {
            throw new TopologyChange.RefusedException("it owns the slot");
          }
          SlotSet one = SlotSet.range(slot, slot);
          List<Shard> shards = new ArrayList<>();
          for (Shard shard : topology.shards()) {
            SlotSet rest = shard.slots().minus(one);
            SlotSet slots = shard.primary().equals(heir) ? rest.union(one) : rest;
            shards.add(
                new Shard(shard.id(), shard.primary(), List.of(), slots, topology.epoch() + 1));
          }
          return topology.withShards(shards);
        });
  }

  /** A change of something that no rule looks at. */
  static RegisterChange other() {
    return RegisterChange.of(topology -> topology);
  }

  /** N15: turns the bound on leases that the value holds to its half, or back. */
  RegisterChange otherBound() {
    return RegisterChange.of(
        topology -> {
          Node first = topology.nodes().iterator().next();
          String zone = first.zone().isEmpty() ? Variant.SHORT_LEASES : "";
          return topology.withNode(
              new Node(
                  first.id(),
                  first.host(),
                  first.hostname(),
                  first.port(),
                  first.tlsPort(),
                  first.busPort(),
                  zone,
                  first.run()));
        });
  }

  /** N1: new voters at once. */
  static RegisterChange directly(Set<NodeId> next) {
    return new RegisterChange() {
      @Override
      RegisterValue apply(RegisterValue found, Context context)
          throws TopologyChange.RefusedException {
        if (found.voters().next().equals(next)) {
          throw new TopologyChange.RefusedException("these are the voters");
        }
        return successor(found, Voters.of(next), context.ballot());
      }
    };
  }

  /** N7: back from joint to the old voters. */
  static RegisterChange abandonJoint() {
    return new RegisterChange() {
      @Override
      RegisterValue apply(RegisterValue found, Context context)
          throws TopologyChange.RefusedException {
        KnownValue known = context.known();
        if (!(found.voters() instanceof Voters.Joint joint)
            || !found.votersId().equals(known.value().votersId())
            || context.now() - known.votersSince() < LeaseBounds.MAX_NANOS) {
          throw new TopologyChange.RefusedException("no joint voters known for long enough");
        }
        return successor(found, Voters.of(joint.old()), context.ballot());
      }
    };
  }
}
