package io.slotcast.membership.control;

import io.slotcast.membership.control.ControlMessage.Introduction;
import io.slotcast.membership.forming.PlacementPlan;
import io.slotcast.membership.register.AcceptedValue;
import io.slotcast.membership.register.ClusterId;
import io.slotcast.membership.register.RegisterValue;
import io.slotcast.router.Node;
import io.slotcast.router.NodeId;
import io.slotcast.router.ShardId;
import io.slotcast.router.SlotSet;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How a node leaves its cluster: for that of a node that it was told to meet, back from there if
 * nobody took it in, or for one of its own. Each time the node gives up what it holds, makes
 * durable what it is next, and ends its stay; from then on its voter answers nobody in the cluster
 * that it left. Owned by the control-plane thread.
 */
final class Departure {
  private static final Logger LOG = LoggerFactory.getLogger(Departure.class);

  /** How long a node that left its cluster for another one looks for that. */
  private static final long TRANSIT_PATIENCE = Duration.ofSeconds(10).toNanos();

  private final Node self;
  private final NodeMemory memory;
  private final Meeting meeting;
  private final OwnPlace place;
  private final ControlThread thread;
  private final RandomGenerator random;
  private final Supplier<@Nullable ClusterMember> member;
  private final BiConsumer<InetSocketAddress, byte[]> notes;
  private final Runnable departed;
  private final Retirement retirement;
  private final Meeting.Outward outward = new MeetingOutward();
  private final long begun = System.nanoTime();
  private boolean isResetting;

  /**
   * @param member this node in its cluster; null before it is in one
   * @param notes sends to a node that may be in no group with this one
   * @param departed called when the stay is over
   */
  Departure(
      Node self,
      NodeMemory memory,
      Meeting meeting,
      OwnPlace place,
      ControlThread thread,
      RandomGenerator random,
      Supplier<@Nullable ClusterMember> member,
      BiConsumer<InetSocketAddress, byte[]> notes,
      Runnable departed) {
    this.self = self;
    this.memory = memory;
    this.meeting = meeting;
    this.place = place;
    this.thread = thread;
    this.random = random;
    this.member = member;
    this.notes = notes;
    this.departed = departed;
    retirement = new Retirement(self.id(), thread);
  }

  void meet(InetSocketAddress bus, long now) {
    meeting.want(bus, outward, now);
  }

  /** Called some times a second. */
  void tick(long now) {
    boolean isSeeking = memory.transit() != null && member.get() == null;
    if (isSeeking && now - begun > TRANSIT_PATIENCE) {
      LOG.warn("This node was not taken into the other cluster; it goes back");
      depart(memory::turnBack);
    } else {
      meeting.tick(outward, now);
    }
  }

  /** On its way a node does one thing at a time, and says nothing of itself. */
  void onIntroduction(Introduction other) {
    if (memory.transit() == null) {
      meeting.onIntroduction(self, known(), other, outward);
    }
  }

  private @Nullable RegisterValue known() {
    ClusterMember current = member.get();
    return current == null ? null : current.value();
  }

  private final class MeetingOutward implements Meeting.Outward {
    @Override
    public void introduce(InetSocketAddress to, boolean answerWanted) {
      if (memory.transit() == null) {
        notes.accept(to, ControlCodec.encode(new Introduction(self, known(), answerWanted)));
      }
    }

    @Override
    public void moveTo(Node node) {
      if (isFree() && !isResetting) {
        LOG.info("This node leaves for the cluster of {}:{}", node.host(), node.port());
        depart(() -> memory.depart(node.host(), node.busPort()));
      }
    }

    @Override
    public void comeBack() {
      ClusterMember current = member.get();
      if (current != null && !isResetting) {
        place.takeAgain(current);
      }
    }
  }

  /** Somebody may have come into this node's cluster, as its voter knows before anyone. */
  private boolean isFree() {
    RegisterValue known = known();
    AcceptedValue accepted = memory.acceptor().accepted();
    return known == null
        || known.topology().node(self.id()) == null
        || accepted == null
        || ClusterMember.isAlone(accepted.value(), self.id());
  }

  /**
   * Whether a cluster that this node could enter is the one that it is on its way to, or it is on
   * its way to none. If somebody there has slots that it brings along, the node turns back.
   */
  boolean isWanted(RegisterValue value) {
    Transit transit = memory.transit();
    if (transit == null || !transit.leadsTo(value)) {
      return transit == null;
    }
    SlotSet others = value.topology().assigned().minus(value.topology().slotsOf(self.id()));
    if (transit.claims(self.id()).intersects(others)) {
      LOG.warn("Slots of this node have an owner in cluster {}; it goes back", value.cluster());
      depart(memory::turnBack);
      return false;
    }
    return true;
  }

  /**
   * Leaves for a cluster of this node alone, after another voter has taken its place.
   *
   * @param name what the node is called from then on
   * @param live the nodes that are thought alive
   */
  void reset(NodeId name, Supplier<Set<NodeId>> live) {
    isResetting = true;
    Runnable leave = () -> depart(() -> memory.reset(name, alone(name)));
    ClusterMember current = member.get();
    if (current == null) {
      leave.run();
    } else {
      retirement.begin(current, live, leave);
    }
  }

  void onCommitted(RegisterValue value) {
    retirement.onCommitted(value);
    meeting.onCommitted(self, value.topology());
  }

  private RegisterValue alone(NodeId name) {
    RegisterValue genesis =
        RegisterValue.genesis(
            ClusterId.random(random),
            List.of(name),
            PlacementPlan.empty(self.withId(name).inRun(self.run() + 1), ShardId.random(random)));
    LOG.info("This node is reset: it is alone in cluster {}, as {}", genesis.cluster(), name);
    return genesis;
  }

  private void depart(Runnable next) {
    ClusterMember current = member.get();
    if (current != null) {
      current.releaseLeases();
      current.saveKnown();
    }
    next.run();
    thread.stop();
    departed.run();
  }
}
