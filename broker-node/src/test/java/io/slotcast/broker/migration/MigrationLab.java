package io.slotcast.broker.migration;

import io.slotcast.membership.TopologyChange;
import io.slotcast.membership.TopologyChange.RefusedException;
import io.slotcast.router.Node;
import io.slotcast.router.NodeId;
import io.slotcast.router.Shard;
import io.slotcast.router.ShardId;
import io.slotcast.router.SlotSet;
import io.slotcast.router.Topology;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;

/**
 * Two primaries, a replica of the first, and the register between them, all in one thread and in
 * time that the test lets pass: a migration goes on by {@link #step}, and whatever is to fail can
 * fail between any two steps. A client writes before each step to whoever serves its key.
 */
final class MigrationLab {
  static final int FIRST = 0;
  static final SlotSet MOVED = SlotSet.range(FIRST, FIRST + 2);
  private static final long LINK_MILLIS = 1;
  private static final long REGISTER_MILLIS = 3;

  private static final NodeId SOURCE = new NodeId("a".repeat(40));
  private static final NodeId TARGET = new NodeId("b".repeat(40));
  private static final NodeId HEIR = new NodeId("c".repeat(40));

  private final LabTime time = new LabTime();
  private final Map<NodeId, LabNode> nodes = new TreeMap<>(Comparator.comparing(NodeId::hex));
  private final Map<String, Integer> acknowledged = new HashMap<>();
  private final Topology first;
  private Topology committed;
  private boolean linked = true;

  /** Counts the links between the two: what an earlier one carried does not arrive. */
  private int link;

  private int written;
  private boolean answersAreLost;

  /** What the source proposes is not decided upon before. */
  private long sourcesNextRound;

  MigrationLab() {
    first =
        new Topology(
            1,
            List.of(node(SOURCE, 1), node(TARGET, 2), node(HEIR, 3)),
            List.of(
                new Shard(
                    new ShardId("1".repeat(40)), SOURCE, List.of(HEIR), SlotSet.range(0, 8191), 1),
                new Shard(
                    new ShardId("2".repeat(40)), TARGET, List.of(), SlotSet.range(8192, 16383), 1)),
            List.of());
    committed = first;
    nodes.put(SOURCE, new LabNode(this, node(SOURCE, 1), first));
    nodes.put(TARGET, new LabNode(this, node(TARGET, 2), first));
    nodes.values().forEach(LabNode::start);
    for (int i = 0; i < 30; i++) {
      write();
    }
  }

  private static Node node(NodeId id, int port) {
    return Node.plain(id, "127.0.0.1", port);
  }

  LabNode source() {
    return Objects.requireNonNull(nodes.get(SOURCE));
  }

  LabNode target() {
    return Objects.requireNonNull(nodes.get(TARGET));
  }

  /** Who owns the slots by the register. */
  LabNode owner() {
    Shard owner = Objects.requireNonNull(committed.ownerOf(FIRST));
    return Objects.requireNonNull(nodes.get(owner.primary()));
  }

  /** The nodes that do not own the slots. */
  List<LabNode> others() {
    LabNode owner = owner();
    return nodes.values().stream().filter(node -> node != owner).toList();
  }

  void begin() {
    source().migrations().export(MOVED, TARGET);
  }

  static int slotOf(String key) {
    return Integer.parseInt(key.substring(0, key.indexOf(':')));
  }

  // ---- Time ----

  /** The client writes, and the next thing happens; false if there is none. */
  boolean step() {
    write();
    return time.step();
  }

  /** Until nothing happens any more, or for a minute. */
  void settle() {
    long end = time.millis() + 60_000;
    while (time.millis() < end && step()) {
      // The migration goes on by itself.
    }
  }

  /** Whether no node has anything left to do. */
  boolean isOver() {
    return nodes.values().stream().allMatch(LabNode::isIdle);
  }

  // ---- The client ----

  /** One key, at whoever serves it. */
  void write() {
    int slot = FIRST + written % MOVED.size();
    String key = slot + ":" + written % 7;
    for (LabNode node : nodes.values()) {
      if (node.set(slot, key, written)) {
        acknowledged.put(key, written);
        break;
      }
    }
    written++;
  }

  /** What clients were told, by key. */
  Map<String, Integer> acknowledged() {
    return acknowledged;
  }

  // ---- What fails ----

  /** What is on the way is lost; a new link is there a while later. */
  void loseLink() {
    link++;
    linked = false;
    nodes
        .values()
        .forEach(node -> nodes.keySet().forEach(peer -> time.after(0, () -> node.loseLink(peer))));
    time.after(700, () -> linked = true);
  }

  /** The register's answers to what is proposed from now on do not come in time. */
  void loseAnswers() {
    answersAreLost = true;
    time.after(2_000, () -> answersAreLost = false);
  }

  /** Rounds of the source fail for two seconds; then what it has proposed is decided upon. */
  void outrunSource() {
    sourcesNextRound = time.millis() + 2_000;
  }

  /** {@code kill -9}, and a start with what its journal has. */
  void restart(LabNode dead) {
    restart(dead, true);
  }

  /**
   * {@code kill -9}, and a start in another run, which the node makes known. The target starts from
   * the first topology: what it knew last is not on its disk. The source does not: without leases,
   * which the lab has none of, it would serve by that.
   *
   * @param hasJournal whether it comes back with its keys
   */
  void restart(LabNode dead, boolean hasJournal) {
    dead.die();
    loseLink();
    time.after(
        500,
        () -> {
          Topology known = dead.id().equals(TARGET) ? first : committed;
          LabNode again = new LabNode(this, dead.self().inRun(dead.self().run() + 1), known);
          if (hasJournal) {
            dead.copyKeysTo(again);
            again.dropForeignKeys();
          }
          again.start();
          nodes.put(again.id(), again);
          propose(again, found -> found.withNode(again.self()));
        });
  }

  /** {@code kill -9} of the source, whose replica takes over with all that was acknowledged. */
  void replaceSource() {
    LabNode dead = source();
    dead.die();
    loseLink();
    time.after(
        1_000,
        () -> {
          commit(MigrationLab::withHeir);
          LabNode heir = new LabNode(this, node(HEIR, 3), committed);
          dead.copyKeysTo(heir);
          heir.wasReplica();
          heir.start();
          nodes.remove(SOURCE);
          nodes.put(HEIR, heir);
        });
  }

  private static Topology withHeir(Topology found) {
    Shard shard = found.shardOf(HEIR).orElseThrow();
    return found.withShard(
        new Shard(shard.id(), HEIR, List.of(SOURCE), shard.slots(), found.epoch() + 1));
  }

  // ---- The register and the links ----

  private void commit(TopologyChange change) {
    try {
      committed = change.apply(committed).withEpoch(committed.epoch() + 1);
    } catch (RefusedException refused) {
      throw new AssertionError(refused);
    }
    tellAll();
  }

  private void tellAll() {
    Topology news = committed;
    nodes.values().forEach(node -> time.after(1, () -> node.learn(news)));
  }

  CompletionStage<Topology> propose(LabNode by, TopologyChange change) {
    CompletableFuture<Topology> answer = new CompletableFuture<>();
    boolean isLost = answersAreLost;
    time.after(REGISTER_MILLIS, () -> decide(by, change, isLost, answer));
    return answer;
  }

  private void decide(
      LabNode by, TopologyChange change, boolean isLost, CompletableFuture<Topology> answer) {
    if (by.id().equals(SOURCE) && time.millis() < sourcesNextRound) {
      time.after(sourcesNextRound - time.millis(), () -> decide(by, change, isLost, answer));
      return;
    }
    Topology before = committed;
    try {
      committed = change.apply(before).withEpoch(before.epoch() + 1);
      tellAll();
    } catch (RefusedException refused) {
      time.after(1, () -> answer.completeExceptionally(refused));
      return;
    }
    Topology made = committed;
    time.after(
        2,
        () -> {
          if (isLost) {
            answer.completeExceptionally(new TimeoutException("no answer"));
          } else if (by.lives()) {
            answer.complete(made);
          }
        });
  }

  boolean send(NodeId from, NodeId to, long number, byte[] body) {
    if (!linked) {
      return false;
    }
    int sentOver = link;
    time.after(
        LINK_MILLIS,
        () -> {
          LabNode receiver = nodes.get(to);
          if (sentOver == link && receiver != null) {
            receiver.receive(from, number, body);
          }
        });
    return true;
  }

  LabTime time() {
    return time;
  }
}
