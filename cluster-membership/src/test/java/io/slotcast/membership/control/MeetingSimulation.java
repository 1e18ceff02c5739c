package io.slotcast.membership.control;

import io.slotcast.membership.TopologyChange.RefusedException;
import io.slotcast.membership.control.ControlMessage.Introduction;
import io.slotcast.membership.forming.PlacementPlan;
import io.slotcast.membership.register.AcceptorState;
import io.slotcast.membership.register.Ballot;
import io.slotcast.membership.register.ClusterId;
import io.slotcast.membership.register.RegisterValue;
import io.slotcast.router.Node;
import io.slotcast.router.NodeId;
import io.slotcast.router.Shard;
import io.slotcast.router.ShardId;
import io.slotcast.router.SlotSet;
import io.slotcast.router.Topology;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Nodes that are each a cluster and are told to meet, over a network that loses, delays and doubles
 * what they say, on a clock of the simulation. Registers are taken for granted: a cluster is its
 * newest value, which whoever moves into it changes in one step. What is played is who moves where.
 */
final class MeetingSimulation {
  private static final long STEP = Duration.ofMillis(50).toNanos();
  private static final long TRANSIT_PATIENCE = Duration.ofSeconds(10).toNanos();

  final List<SimulatedNode> nodes = new ArrayList<>();
  private final Map<ClusterId, RegisterValue> clusters = new HashMap<>();
  private final List<Note> notes = new ArrayList<>();
  private final Random random;
  private final double loss;
  private long now;

  private record Note(InetSocketAddress to, Introduction introduction, long due) {}

  /**
   * @param loss which share of the notes is lost
   */
  MeetingSimulation(long seed, double loss) {
    this.random = new Random(seed);
    this.loss = loss;
  }

  /** A node that is a cluster by itself. */
  SimulatedNode add(SlotSet slots) {
    SimulatedNode node = new SimulatedNode(slots);
    nodes.add(node);
    return node;
  }

  /** Lets time pass; whether all nodes came to be of one cluster by the end. */
  boolean run(Duration time) {
    for (long end = now + time.toNanos(); now < end; now += STEP) {
      deliver();
      nodes.forEach(SimulatedNode::step);
    }
    return nodes.stream().map(node -> node.cluster).distinct().count() == 1
        && nodes.stream().allMatch(node -> node.transit == null);
  }

  private void deliver() {
    List<Note> due = notes.stream().filter(note -> note.due() <= now).toList();
    notes.removeAll(due);
    for (Note note : due) {
      nodes.stream()
          .filter(node -> Meeting.addressOf(node.self).equals(note.to()))
          .forEach(node -> node.hear(note.introduction()));
    }
  }

  private void send(InetSocketAddress to, Introduction introduction) {
    if (random.nextDouble() >= loss) {
      notes.add(new Note(to, introduction, now + random.nextLong(STEP * 20)));
      if (random.nextInt(5) == 0) {
        notes.add(new Note(to, introduction, now + random.nextLong(STEP * 60)));
      }
    }
  }

  /** A node: {@link Meeting} with as much of {@link Departure} as decides where it is. */
  final class SimulatedNode implements Meeting.Outward {
    final Node self;
    private final Meeting meeting = new Meeting();
    ClusterId cluster;
    @Nullable Transit transit;
    int moves;
    private long departed;

    private SimulatedNode(SlotSet slots) {
      self = Node.plain(NodeId.random(random), "127.0.0.1", 7_001 + nodes.size());
      ShardId shard = ShardId.random(random);
      Topology alone =
          PlacementPlan.empty(self, shard)
              .withShard(new Shard(shard, self.id(), List.of(), slots, 0));
      cluster = ClusterId.random(random);
      clusters.put(cluster, RegisterValue.genesis(cluster, List.of(self.id()), alone));
    }

    RegisterValue value() {
      return Objects.requireNonNull(clusters.get(cluster));
    }

    InetSocketAddress bus() {
      return Meeting.addressOf(self);
    }

    void meet(InetSocketAddress other) {
      meeting.want(other, this, now);
    }

    private void step() {
      meeting.tick(this, now);
      if (transit != null && now - departed > TRANSIT_PATIENCE) {
        transit = null;
      } else if (transit != null && random.nextInt(10) == 0) {
        arrive(transit);
      }
    }

    private void arrive(Transit by) {
      for (SimulatedNode other : nodes) {
        boolean isMet = other.bus().equals(by.target()) && other.transit == null;
        if (isMet && other.value().topology().assigned().intersects(by.claims(self.id()))) {
          transit = null;
        } else if (isMet) {
          enter(other, by);
        }
      }
    }

    private void enter(SimulatedNode other, Transit by) {
      RegisterValue found = other.value();
      Shard fresh = new Shard(ShardId.random(random), self.id(), List.of(), SlotSet.empty(), 0);
      try {
        Topology after = by.admission(self, fresh).apply(found.topology());
        long epoch = found.epoch() + 1;
        clusters.put(
            found.cluster(),
            new RegisterValue(
                new Ballot(epoch, self.id()),
                found.cluster(),
                epoch,
                found.voters(),
                found.votersId(),
                after.withEpoch(epoch)));
      } catch (RefusedException refused) {
        throw new AssertionError(refused);
      }
      clusters.remove(cluster);
      cluster = found.cluster();
      transit = null;
      moves++;
    }

    private void hear(Introduction introduction) {
      if (transit == null) {
        meeting.onIntroduction(self, value(), introduction, this);
      }
    }

    @Override
    public void introduce(InetSocketAddress to, boolean answerWanted) {
      if (transit == null) {
        send(to, new Introduction(self, value(), answerWanted));
      }
    }

    @Override
    public void moveTo(Node node) {
      if (ClusterMember.isAlone(value(), self.id())) {
        departed = now;
        transit = new Transit(node.host(), node.busPort(), AcceptorState.fresh().founding(value()));
      }
    }

    @Override
    public void comeBack() {
      throw new AssertionError("nobody was forgotten");
    }
  }
}
