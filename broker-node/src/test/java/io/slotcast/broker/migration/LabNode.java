package io.slotcast.broker.migration;

import io.slotcast.broker.cluster.ClusterView;
import io.slotcast.broker.cluster.FixedMembership;
import io.slotcast.broker.config.EndpointType;
import io.slotcast.broker.keyspace.Slot;
import io.slotcast.broker.keyspace.SlotTable;
import io.slotcast.broker.keyspace.hash.HashValue;
import io.slotcast.broker.keyspace.rdb.DumpPayload;
import io.slotcast.broker.keyspace.rdb.RdbSettings;
import io.slotcast.broker.keyspace.rdb.SlotImages;
import io.slotcast.broker.keyspace.sortedset.SortedSetValue;
import io.slotcast.broker.keyspace.stream.NodeLimits;
import io.slotcast.broker.keyspace.string.StringValue;
import io.slotcast.broker.peer.NumberedFrames;
import io.slotcast.broker.resp.ProtocolException;
import io.slotcast.broker.resp.Request;
import io.slotcast.broker.resp.RequestLimits;
import io.slotcast.broker.resp.RequestReader;
import io.slotcast.membership.TopologyChange;
import io.slotcast.router.Access;
import io.slotcast.router.Node;
import io.slotcast.router.NodeId;
import io.slotcast.router.Route;
import io.slotcast.router.RoutingPolicy;
import io.slotcast.router.Topology;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A primary in a {@link MigrationLab}: its slots, and its part in their moving. */
final class LabNode {
  private static final RdbSettings LAYOUT =
      new RdbSettings(
          true,
          -2,
          16,
          new HashValue.Limits(8, 64),
          new SortedSetValue.Limits(() -> 8, () -> 64),
          new NodeLimits(() -> 200, () -> 10),
          false);

  private final SlotTable slots = new SlotTable();
  private final SlotImages images = new SlotImages(() -> LAYOUT);
  private final FixedMembership membership;
  private final ClusterView cluster;
  private final Frames frames;
  private final LabThread thread;
  private final SlotMigration migration;
  private final Node self;
  private boolean wasReplica;

  /**
   * @param known the topology that it starts with
   */
  LabNode(MigrationLab lab, Node self, Topology known) {
    this.self = self;
    this.thread = new LabThread(lab.time());
    this.frames = new Frames(lab);
    this.membership = new Membership(lab, known);
    this.cluster = new ClusterView(membership, RoutingPolicy.DEFAULT, EndpointType.IP);
    ImportedSlots imported =
        new ImportedSlots(slots, images, new DumpPayload(() -> LAYOUT), lab.time());
    imported.repeatBy(this::repeat);
    this.migration =
        new SlotMigration(
            cluster,
            slots,
            () -> CompletableFuture.runAsync(() -> {}, Runnable::run),
            frames,
            images,
            imported,
            offset -> true,
            lab.time(),
            new Random(self.hashCode()),
            thread);
  }

  /** Once its keys are loaded. */
  void start() {
    cluster.start();
  }

  NodeId id() {
    return self.id();
  }

  Node self() {
    return self;
  }

  Migrations migrations() {
    return migration.migrations();
  }

  // ---- Life and death ----

  boolean lives() {
    return !thread.isShutdown();
  }

  /** As {@code kill -9}: nothing that it was about to do is done. */
  void die() {
    thread.shutdown();
  }

  /** It takes a primary's place with what that had. */
  void wasReplica() {
    wasReplica = true;
  }

  /** Whether it may have keys of slots that its primary had given away. */
  boolean mayHaveLeftovers() {
    return wasReplica;
  }

  /** As a node with a journal does when it has loaded it. */
  void dropForeignKeys() {
    ForeignKeys.dropOnce(cluster, slots);
  }

  /** What its journal, or its replica, has of the slots is loaded by another one. */
  void copyKeysTo(LabNode other) {
    for (int number : MigrationLab.MOVED.toArray()) {
      for (byte[] part : images.of(slots.get(number), 0).parts()) {
        images.load(part, 0, part.length, other.slots.get(number), 0);
      }
    }
  }

  // ---- What it hears ----

  void learn(Topology topology) {
    if (lives() && topology.epoch() > cluster.topology().epoch()) {
      membership.change(topology);
    }
  }

  void receive(NodeId from, long number, byte[] body) {
    if (lives()) {
      frames.receiver.received(from, number, body);
    }
  }

  void loseLink(NodeId peer) {
    if (lives()) {
      frames.linkEnd.ended(peer);
    }
  }

  // ---- Its keys ----

  /** As SET of a client who is told MOVED, or waits, elsewhere; returns whether it is told OK. */
  boolean set(int number, String key, int value) {
    Slot slot = slots.get(number);
    slot.lock();
    try {
      boolean serves = cluster.router().route(number, Access.WRITE) instanceof Route.Local;
      if (!lives() || !serves || slot.isHeld()) {
        return false;
      }
      store(slot, bytes(key), bytes(Integer.toString(value)));
      return true;
    } finally {
      slot.unlock();
    }
  }

  private static void store(Slot slot, byte[] key, byte[] value) {
    slot.keys().put(key, 0, key.length, new StringValue(value));
    slot.effects().append(bytes("SET"), key, value);
  }

  private void repeat(byte[] unit) {
    RequestReader reader = new RequestReader();
    try {
      reader.read(unit, 0, unit.length, new RequestLimits(Integer.MAX_VALUE, Integer.MAX_VALUE));
    } catch (ProtocolException malformed) {
      throw new IllegalStateException(malformed);
    }
    Request set = reader.request();
    Slot slot = slots.get(MigrationLab.slotOf(set.text(1)));
    slot.lock();
    try {
      store(slot, set.bytes(1), set.bytes(2));
    } finally {
      slot.unlock();
    }
  }

  /** What the slots that move hold here. */
  Map<String, Integer> keys() {
    Map<String, Integer> found = new TreeMap<>();
    for (int number : MigrationLab.MOVED.toArray()) {
      slots
          .get(number)
          .keys()
          .forEach(
              (key, value) ->
                  found.put(text(key), Integer.valueOf(text(((StringValue) value).bytes()))));
    }
    return found;
  }

  /** Whether no migration goes on here, and no client waits for one. */
  boolean isIdle() {
    boolean held = MigrationLab.MOVED.stream().anyMatch(number -> slots.get(number).isHeld());
    return !held && migrations().jobs().stream().allMatch(job -> job.state().isEnd());
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  /** Agrees with the lab's register. */
  private final class Membership extends FixedMembership {
    private final MigrationLab lab;

    Membership(MigrationLab lab, Topology known) {
      super(self, known);
      this.lab = lab;
    }

    @Override
    public CompletionStage<Topology> propose(TopologyChange change) {
      return lab.propose(LabNode.this, change);
    }
  }

  /** Links to the lab's other nodes. */
  private final class Frames implements NumberedFrames {
    private final MigrationLab lab;
    private Receiver receiver = (peer, number, body) -> {};
    private LinkEnd linkEnd = peer -> {};

    Frames(MigrationLab lab) {
      this.lab = lab;
    }

    @Override
    public boolean send(NodeId peer, long number, byte[] body) {
      return lab.send(self.id(), peer, number, body);
    }

    @Override
    public long queuedBytes(NodeId peer) {
      return 0;
    }

    @Override
    public void receiver(Receiver wanted) {
      receiver = wanted;
    }

    @Override
    public void onLinkEnd(LinkEnd listener) {
      linkEnd = listener;
    }
  }
}
