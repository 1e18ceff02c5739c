package io.slotcast.membership.control;

import io.slotcast.membership.control.ControlMessage.Introduction;
import io.slotcast.membership.forming.PlacementPlan;
import io.slotcast.membership.register.RegisterValue;
import io.slotcast.router.Node;
import io.slotcast.router.SlotSet;
import io.slotcast.router.Topology;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * CLUSTER MEET: two nodes introduce themselves to each other, and each sees for itself what is to
 * follow ({@link Verdict}), by what both know. A register cannot be merged with another, so the
 * node that moves is always one whose cluster has nobody else; it leaves its register behind and
 * asks for its slots in the other one ({@link Transit}).
 *
 * <p>Of two clusters of one node each, the one without slots moves; else the one with the higher
 * address. Nodes thus move in one direction only, so that none waits for another in a circle, and
 * where all are told to meet the first of them, as tools do, that one stays.
 *
 * <p>A wish outlives the moves of this node. Owned by the control-plane thread of its current stay.
 */
final class Meeting {
  private static final Logger LOG = LoggerFactory.getLogger(Meeting.class);

  /** How long a node that was named is looked for, at least. */
  private static final long PATIENCE = Duration.ofSeconds(20).toNanos();

  private static final long AGAIN = Duration.ofMillis(500).toNanos();

  /** What two nodes that have introduced themselves have to do, as one of them sees it. */
  enum Verdict {
    /** They are of one cluster, and this node has its place there. */
    TOGETHER,
    /** They are of one cluster, which has forgotten this node. */
    COME_BACK,
    /** This node moves into the other's cluster. */
    MOVE,
    /** The other node is to move into this one's cluster. */
    AWAIT,
    /** Neither node can move: both clusters have others, or have forgotten them. */
    APART,
    /** Both clusters have an owner for the same slots, and stay two. */
    CONFLICT
  }

  /** What follows. */
  interface Outward {
    void introduce(InetSocketAddress to, boolean answerWanted);

    void moveTo(Node node);

    void comeBack();
  }

  private record Wish(long since, long saidAt) {}

  private final Map<InetSocketAddress, Wish> wishes = new HashMap<>();

  /** The node with this bus address is to be met. */
  void want(InetSocketAddress bus, Outward outward, long now) {
    wishes.put(bus, new Wish(now, now));
    outward.introduce(bus, true);
  }

  /** Says again what may have been lost. Called some times a second. */
  void tick(Outward outward, long now) {
    wishes.values().removeIf(wish -> now - wish.since() > PATIENCE);
    for (Map.Entry<InetSocketAddress, Wish> each : wishes.entrySet()) {
      if (now - each.getValue().saidAt() >= AGAIN) {
        each.setValue(new Wish(each.getValue().since(), now));
        outward.introduce(each.getKey(), true);
      }
    }
  }

  /**
   * A topology was committed: a wish is fulfilled once both are in it. Said again later, it would
   * undo that one of them was forgotten since.
   */
  void onCommitted(Node self, Topology topology) {
    if (!wishes.isEmpty() && topology.node(self.id()) != null) {
      topology.nodes().forEach(node -> wishes.remove(addressOf(node)));
    }
  }

  /** Another node has introduced itself: does this node's part. */
  void onIntroduction(
      Node self, @Nullable RegisterValue known, Introduction other, Outward outward) {
    Node node = other.node();
    InetSocketAddress bus = addressOf(node);
    if (node.id().equals(self.id())) {
      wishes.remove(bus);
      return;
    }
    if (other.answerWanted()) {
      outward.introduce(bus, false);
    }
    switch (verdict(self, known, node, other.known())) {
      case TOGETHER -> wishes.remove(bus);
      case COME_BACK -> outward.comeBack();
      case MOVE -> outward.moveTo(node);
      case AWAIT -> LOG.debug("{}:{} is to move here", node.host(), node.port());
      case APART ->
          stay(
              bus, "The cluster of {}:{} and this one have several nodes each, and stay two", node);
      case CONFLICT ->
          stay(
              bus,
              "Some slots have an owner here and in the cluster of {}:{}; they stay two",
              node);
    }
  }

  /** A wish for what cannot be is dropped, and said so once. */
  private void stay(InetSocketAddress bus, String why, Node node) {
    if (wishes.remove(bus) != null) {
      LOG.warn(why, node.host(), node.port());
    }
  }

  static InetSocketAddress addressOf(Node node) {
    return new InetSocketAddress(InetAddress.ofLiteral(node.host()), node.busPort());
  }

  static Verdict verdict(
      Node self, @Nullable RegisterValue own, Node other, @Nullable RegisterValue theirs) {
    if (theirs == null) {
      return Verdict.AWAIT;
    } else if (own == null) {
      return Verdict.MOVE;
    } else if (own.cluster().equals(theirs.cluster())) {
      return isForgotten(own, self) ? Verdict.COME_BACK : Verdict.TOGETHER;
    }
    boolean mayMove = mayMove(own, self);
    boolean theyMayMove = mayMove(theirs, other);
    boolean forgotten = isForgotten(own, self);
    boolean theyAreForgotten = isForgotten(theirs, other);
    if ((!mayMove && !theyMayMove) || (forgotten && theyAreForgotten)) {
      return Verdict.APART;
    } else if (forgotten || theyAreForgotten) {
      return forgotten ? Verdict.MOVE : Verdict.AWAIT;
    } else if (ownedByOthers(own, other).intersects(ownedByOthers(theirs, self))) {
      return Verdict.CONFLICT;
    } else if (mayMove != theyMayMove) {
      return mayMove ? Verdict.MOVE : Verdict.AWAIT;
    }
    boolean empty = own.topology().assigned().isEmpty();
    boolean theirsEmpty = theirs.topology().assigned().isEmpty();
    boolean moves =
        empty == theirsEmpty ? PlacementPlan.BY_ADDRESS.compare(self, other) > 0 : empty;
    return moves ? Verdict.MOVE : Verdict.AWAIT;
  }

  private static boolean mayMove(RegisterValue value, Node node) {
    return ClusterMember.isAlone(value, node.id()) || isForgotten(value, node);
  }

  /** Without what {@code node} has there: it said the other thing before it came, or was reset. */
  private static SlotSet ownedByOthers(RegisterValue value, Node node) {
    return value.topology().assigned().minus(value.topology().slotsOf(node.id()));
  }

  private static boolean isForgotten(RegisterValue value, Node node) {
    return value.topology().node(node.id()) == null;
  }
}
