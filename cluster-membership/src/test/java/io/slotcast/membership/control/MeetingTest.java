package io.slotcast.membership.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.slotcast.membership.control.Meeting.Verdict;
import io.slotcast.membership.forming.PlacementPlan;
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
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What two nodes that introduce themselves to each other conclude. */
class MeetingTest {
  private static final NodeId ONE = new NodeId("1".repeat(40));
  private static final NodeId TWO = new NodeId("2".repeat(40));
  private static final SlotSet LOW = SlotSet.range(0, 99);
  private static final SlotSet HIGH = SlotSet.range(100, 199);

  /** A cluster whose nodes are all primaries, the first of which owns {@code slots} and votes. */
  private static RegisterValue cluster(int id, SlotSet slots, NodeId... members) {
    List<Node> nodes = new ArrayList<>();
    List<Shard> shards = new ArrayList<>();
    for (NodeId member : members) {
      nodes.add(Node.plain(member, "127.0.0.1", 7_001));
      shards.add(
          new Shard(
              new ShardId(member.hex()),
              member,
              List.of(),
              shards.isEmpty() ? slots : SlotSet.empty(),
              0));
    }
    return RegisterValue.genesis(
        new ClusterId("%032x".formatted(id)),
        List.of(members[0]),
        new Topology(1, nodes, shards, List.of()));
  }

  /** The first has the lower address. */
  private static Node node(NodeId id) {
    return Node.plain(id, "127.0.0.1", id.equals(ONE) ? 7_001 : 7_002);
  }

  private static void expect(
      Verdict one, Verdict two, @Nullable RegisterValue ofOne, @Nullable RegisterValue ofTwo) {
    assertThat(Meeting.verdict(node(ONE), ofOne, node(TWO), ofTwo)).isEqualTo(one);
    assertThat(Meeting.verdict(node(TWO), ofTwo, node(ONE), ofOne)).isEqualTo(two);
  }

  @Test
  void aWishIsSaidAgainUntilBothAreInOneTopologyAndNotAfterThat() {
    List<InetSocketAddress> introduced = new ArrayList<>();
    Meeting.Outward outward =
        new Meeting.Outward() {
          @Override
          public void introduce(InetSocketAddress to, boolean answerWanted) {
            introduced.add(to);
          }

          @Override
          public void moveTo(Node node) {
            throw new AssertionError("nobody has introduced itself");
          }

          @Override
          public void comeBack() {
            throw new AssertionError("nobody has introduced itself");
          }
        };
    Meeting meeting = new Meeting();
    InetSocketAddress wanted = Meeting.addressOf(node(TWO));
    Node one = Node.plain(ONE, "127.0.0.1", 7_001);

    meeting.want(wanted, outward, 0);
    meeting.onCommitted(one, cluster(1, LOW, ONE).topology());
    meeting.tick(outward, Duration.ofSeconds(1).toNanos());
    assertThat(introduced).containsExactly(wanted, wanted);

    Topology both =
        PlacementPlan.withNode(
            cluster(1, LOW, ONE).topology(), node(TWO), 0, () -> new ShardId(TWO.hex()));
    meeting.onCommitted(one, both);
    meeting.tick(outward, Duration.ofSeconds(2).toNanos());
    assertThat(introduced).hasSize(2);
  }

  @Test
  void ofTwoLoneNodesTheOneWithoutSlotsMoves() {
    expect(Verdict.MOVE, Verdict.AWAIT, cluster(1, SlotSet.empty(), ONE), cluster(2, LOW, TWO));
  }

  @Test
  void otherwiseTheOneOfTheHigherAddressMoves() {
    expect(Verdict.AWAIT, Verdict.MOVE, cluster(1, LOW, ONE), cluster(2, HIGH, TWO));
    expect(
        Verdict.AWAIT,
        Verdict.MOVE,
        cluster(2, SlotSet.empty(), ONE),
        cluster(1, SlotSet.empty(), TWO));
  }

  @Test
  void aLoneNodeMovesToThoseThatAreSeveral() {
    NodeId third = new NodeId("3".repeat(40));
    expect(
        Verdict.MOVE, Verdict.AWAIT, cluster(1, LOW, ONE), cluster(2, SlotSet.empty(), TWO, third));
  }

  @Test
  void clustersOfSeveralNodesOrWithTheSameSlotsStayTwo() {
    NodeId third = new NodeId("3".repeat(40));
    NodeId fourth = new NodeId("4".repeat(40));
    expect(
        Verdict.APART, Verdict.APART, cluster(1, LOW, ONE, third), cluster(2, HIGH, TWO, fourth));
    expect(
        Verdict.CONFLICT,
        Verdict.CONFLICT,
        cluster(1, SlotSet.range(0, 100), ONE),
        cluster(2, HIGH, TWO));
  }

  @Test
  void aNodeThatWasForgottenComesBackOrGoesElsewhere() {
    NodeId third = new NodeId("3".repeat(40));
    RegisterValue withoutOne = cluster(1, LOW, TWO, third);
    expect(Verdict.COME_BACK, Verdict.TOGETHER, withoutOne, withoutOne);
    expect(Verdict.MOVE, Verdict.AWAIT, cluster(3, LOW, third), cluster(2, LOW, TWO));
  }

  @Test
  void aNodeOfNoClusterMovesToAnyAndTwoSuchWait() {
    expect(Verdict.MOVE, Verdict.AWAIT, null, cluster(1, LOW, TWO));
    expect(Verdict.AWAIT, Verdict.AWAIT, null, null);
  }

  /** So that no two wait for each other, and no two change places. */
  @Test
  void ofAnyTwoAtMostOneMovesAndTheOtherExpectsIt() {
    Random random = new Random(4);
    for (int round = 0; round < 2_000; round++) {
      RegisterValue own = random(random, ONE);
      RegisterValue theirs = random(random, TWO);
      Verdict one = Meeting.verdict(node(ONE), own, node(TWO), theirs);
      Verdict two = Meeting.verdict(node(TWO), theirs, node(ONE), own);
      if (one == Verdict.MOVE || two == Verdict.MOVE) {
        assertThat(List.of(one, two)).containsExactlyInAnyOrder(Verdict.MOVE, Verdict.AWAIT);
      } else if (one != Verdict.COME_BACK && two != Verdict.COME_BACK) {
        assertThat(one).isEqualTo(two);
      }
    }
  }

  private static @Nullable RegisterValue random(Random random, NodeId node) {
    NodeId stranger = NodeId.random(random);
    int first = random.nextInt(20);
    SlotSet slots = SlotSet.range(first, first + random.nextInt(5));
    SlotSet owned = random.nextBoolean() ? SlotSet.empty() : slots;
    int id = random.nextInt(3);
    return switch (random.nextInt(5)) {
      case 0 -> null;
      case 1 -> cluster(id, owned, stranger);
      case 2 -> cluster(id, owned, node, stranger);
      default -> cluster(id, owned, node);
    };
  }

  @Test
  void anEmptyClusterOwnsNothing() {
    Topology empty =
        PlacementPlan.empty(Node.plain(ONE, "127.0.0.1", 1), new ShardId("5".repeat(40)));
    assertThat(empty.assigned().isEmpty()).isTrue();
    assertThat(empty.nodes()).hasSize(1);
  }
}
