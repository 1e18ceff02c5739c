package io.slotcast.membership;

import io.slotcast.membership.register.AcceptorState;
import io.slotcast.membership.register.DurableState;
import io.slotcast.membership.register.Envelope;
import io.slotcast.membership.register.MalformedException;
import io.slotcast.membership.register.Message;
import io.slotcast.membership.register.Outcome;
import io.slotcast.membership.register.RegisterChange;
import io.slotcast.membership.register.RegisterCodec;
import io.slotcast.membership.register.RegisterValue;
import io.slotcast.membership.register.Values;
import io.slotcast.membership.register.Voters;
import io.slotcast.router.Node;
import io.slotcast.router.NodeId;
import io.slotcast.router.SlotSet;
import io.slotcast.router.Topology;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Whole {@link RegisterNode}s on a network that delays, loses and doubles what they send, as bytes,
 * with clocks of different speed, crashes, pauses and partitions, in simulated time and one thread.
 */
final class NodeSimulation {
  static final long MILLI = 1_000_000;
  static final long SECOND = 1_000 * MILLI;
  private static final long TICK = 40 * MILLI;
  private static final RegisterNode.Timing TIMING =
      new RegisterNode.Timing(SECOND, 300 * MILLI, 10 * MILLI);

  final SplittableRandom random;
  final List<Member> members = new ArrayList<>();
  private final PriorityQueue<Event> events = new PriorityQueue<>();
  private final Map<Long, RegisterValue> committed = new HashMap<>();

  /** The two sides of a partition, if there is one: who is on the first. */
  private List<Member> cutOff = List.of();

  private int lossPercent;
  private long now;
  private long scheduled;

  /** Called with each member that starts, before it does anything. */
  Consumer<Member> onStart = member -> {};

  private record Event(long time, long order, Runnable action) implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      int byTime = Long.compare(time, other.time);
      return byTime != 0 ? byTime : Long.compare(order, other.order);
    }
  }

  /** One node: its disk, its clock, and the process while it runs. */
  final class Member {
    final NodeId id;
    private final int rate;
    private final long offset;
    private byte[] disk;
    private boolean ranBefore;
    private @Nullable RegisterNode node;

    /** Until when it neither hears nor does anything. */
    private long pausedUntil;

    /** Counts its runs, so that what was meant for an earlier one is dropped. */
    private int run;

    Member(NodeId id, AcceptorState state) {
      this.id = id;
      this.rate = 100 + random.nextInt(6);
      this.offset = random.nextLong(SECOND * 1_000);
      this.disk = RegisterCodec.encode(state);
    }

    long clock() {
      return offset + now / 100 * rate;
    }

    boolean isUp() {
      return node != null;
    }

    RegisterNode node() {
      if (node == null) {
        throw new IllegalStateException("it is down");
      }
      return node;
    }

    void start() {
      int begun = ++run;
      AcceptorState last = read(disk);
      RegisterNode started =
          new RegisterNode(
              id,
              DurableState.start(
                  ranBefore ? last.restarted() : last, state -> disk = RegisterCodec.encode(state)),
              !ranBefore,
              (to, message) -> send(this, to, message),
              random.split(),
              TIMING,
              clock());
      ranBefore = true;
      node = started;
      started.onNewer(NodeSimulation.this::committed);
      onStart.accept(this);
      tick(started, begun);
    }

    private void tick(RegisterNode ticking, int begun) {
      if (run == begun && node == ticking) {
        if (pausedUntil <= now) {
          ticking.tick(clock());
        }
        after(TICK / 2 + random.nextLong(TICK), () -> tick(ticking, begun));
      }
    }

    void crash() {
      node = null;
      run++;
    }

    void pause(long time) {
      pausedUntil = now + time;
    }

    boolean isPaused() {
      return pausedUntil > now;
    }

    /** Which run it is in; what was begun in another is void. */
    int run() {
      return run;
    }

    /** Does {@code action} once it is not paused; nothing if it is down then. */
    private void take(Runnable action) {
      if (isPaused()) {
        after(pausedUntil - now, () -> take(action));
      } else if (isUp()) {
        action.run();
      }
    }

    private void receive(byte[] bytes) {
      try {
        Envelope envelope = RegisterCodec.decodeEnvelope(bytes);
        node().receive(envelope.from(), envelope.message(), clock());
      } catch (MalformedException e) {
        throw new AssertionError(e);
      }
    }

    boolean holds(int slot) {
      RegisterNode serving = node;
      return serving != null && serving.lease().holds(slot, clock());
    }
  }

  /**
   * @param nodes how many there are, the first three founding voters, each owning a slot
   */
  NodeSimulation(long seed, int nodes) {
    this(seed, Values.topology(0, ids(nodes)), Math.min(3, nodes));
    start();
  }

  /**
   * Nodes of a cluster, none of them started yet.
   *
   * @param voters how many of them are founding voters, the first by id
   */
  NodeSimulation(long seed, Topology topology, int voters) {
    this.random = new SplittableRandom(seed);
    List<NodeId> ids = topology.nodes().stream().map(Node::id).toList();
    RegisterValue genesis = RegisterValue.genesis(Values.CLUSTER, ids.subList(0, voters), topology);
    committed.put(0L, genesis);
    for (int i = 0; i < ids.size(); i++) {
      AcceptorState fresh = AcceptorState.fresh();
      members.add(
          new Member(ids.get(i), i < voters ? fresh.founding(genesis) : fresh.withKnown(genesis)));
    }
  }

  /** The first node ids, ascending. */
  static NodeId[] ids(int nodes) {
    NodeId[] ids = new NodeId[nodes];
    for (int i = 0; i < nodes; i++) {
      ids[i] = new NodeId(Integer.toHexString(i + 1).repeat(40).substring(0, 40));
    }
    return ids;
  }

  void start() {
    members.forEach(Member::start);
  }

  long now() {
    return now;
  }

  private static AcceptorState read(byte[] disk) {
    try {
      return RegisterCodec.decodeState(disk);
    } catch (MalformedException e) {
      throw new AssertionError(e);
    }
  }

  void after(long time, Runnable action) {
    events.add(new Event(now + time, scheduled++, action));
  }

  /** Lets time pass, and looks at what must never be after each event. */
  void run(long time) {
    long end = now + time;
    for (Event next = events.peek(); next != null && next.time() <= end; next = events.peek()) {
      events.remove(next);
      now = next.time();
      next.action().run();
      checkServing();
    }
    now = end;
  }

  private void send(Member from, NodeId to, Message message) {
    byte[] bytes = RegisterCodec.encode(new Envelope(Values.CLUSTER, from.id, message));
    Member target = member(to);
    carry(from, target, () -> target.receive(bytes));
  }

  /** Has {@code action} done at {@code target} as if a message had brought it there. */
  void carry(Member from, Member target, Runnable action) {
    if (target == from) {
      after(0, () -> target.take(action));
      return;
    }
    if (isCut(from, target) || percent(lossPercent)) {
      return;
    }
    for (int copies = percent(2) ? 2 : 1; copies > 0; copies--) {
      long delay = percent(lossPercent) ? random.nextLong(2 * SECOND) : random.nextLong(3 * MILLI);
      after(delay, () -> target.take(action));
    }
  }

  boolean isCut(Member one, Member other) {
    return cutOff.contains(one) != cutOff.contains(other);
  }

  Member member(NodeId id) {
    return members.stream().filter(each -> each.id.equals(id)).findFirst().orElseThrow();
  }

  boolean percent(int chance) {
    return random.nextInt(100) < chance;
  }

  private void committed(RegisterValue value) {
    RegisterValue there = committed.putIfAbsent(value.epoch(), value);
    if (there != null && !there.equals(value)) {
      throw new AssertionError("fork: " + there + " and " + value);
    }
  }

  private void checkServing() {
    for (int slot = 0; slot < members.size(); slot++) {
      int serving = 0;
      for (Member member : members) {
        serving += member.holds(slot) ? 1 : 0;
      }
      if (serving > 1) {
        throw new AssertionError(serving + " nodes serve slot " + slot + " at " + now);
      }
    }
  }

  // Faults and work.

  void setLoss(int percent) {
    lossPercent = percent;
  }

  void partition(List<Member> side) {
    cutOff = List.copyOf(side);
  }

  /** No more faults: everything runs and everyone hears everyone. */
  void heal() {
    cutOff = List.of();
    lossPercent = 0;
    for (Member member : members) {
      member.pausedUntil = now;
      if (!member.isUp()) {
        member.start();
      }
    }
  }

  /** Every node tells every other what it knows, as the driver does once a second or so. */
  void gossip() {
    for (Member from : members) {
      if (from.isUp()) {
        members.stream()
            .filter(to -> to != from)
            .forEach(to -> send(from, to.id, new Message.Committed(from.node().known())));
      }
    }
  }

  /** A node takes a slot from whom it knows to own it, as after that one's death. */
  void takeOver(Member heir, int slot) {
    NodeId owner = ownerOf(heir, slot);
    if (!owner.equals(heir.id)) {
      propose(heir, giving(slot, owner, heir.id), outcome -> {});
    }
  }

  /** An owner gives a slot to another node, as at a failover by command. */
  void handOver(Member owner, int slot, Member heir) {
    if (!ownerOf(owner, slot).equals(owner.id) || owner == heir) {
      return;
    }
    SlotSet slots = SlotSet.range(slot, slot);
    RegisterNode node = owner.node();
    node.stopServing(slots);
    propose(
        owner,
        giving(slot, owner.id, heir.id),
        outcome -> {
          if (!(outcome instanceof Outcome.Committed)) {
            node.serveAgain(slots);
          }
        });
  }

  private static RegisterChange giving(int slot, NodeId owner, NodeId heir) {
    return RegisterChange.of(
        topology -> {
          if (!topology.slotsOf(owner).contains(slot)) {
            throw new TopologyChange.RefusedException("it is another's");
          }
          return Values.withOwner(topology, slot, heir);
        });
  }

  NodeId ownerOf(Member asked, int slot) {
    RegisterValue known = asked.node().known();
    return members.stream()
        .map(member -> member.id)
        .filter(id -> known.topology().slotsOf(id).contains(slot))
        .findFirst()
        .orElseThrow();
  }

  /** The next step of a change of voters, whichever is due. */
  void changeVoters(Member by) {
    if (by.node().known().voters() instanceof Voters.Joint) {
      propose(by, RegisterChange.leaveJoint(), outcome -> {});
      return;
    }
    List<NodeId> next = new ArrayList<>();
    int count = percent(50) ? 3 : 5;
    while (next.size() < Math.min(count, members.size())) {
      NodeId id = members.get(random.nextInt(members.size())).id;
      if (!next.contains(id)) {
        next.add(id);
      }
    }
    propose(by, RegisterChange.enterJoint(next), outcome -> {});
  }

  void propose(Member by, RegisterChange change, Consumer<Outcome> done) {
    by.node().propose(change, 8 * SECOND, by.clock(), done);
  }
}
