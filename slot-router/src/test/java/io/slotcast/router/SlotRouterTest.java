package io.slotcast.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class SlotRouterTest {
  private static final RoutingPolicy READS_WHEN_DOWN = new RoutingPolicy(true, true, true);
  private static final RoutingPolicy PARTIAL = new RoutingPolicy(false, false, true);
  private static final RoutingPolicy NO_CHANNELS_WHEN_DOWN = new RoutingPolicy(true, false, false);

  private boolean leased = true;
  private Set<Node> dead = Set.of();

  /** Keys by slot; {@code present} tells of each whether this node holds it. */
  private record FixedKeys(int[] slots, boolean... present) implements Keys {
    static FixedKeys in(int... slots) {
      return new FixedKeys(slots, new boolean[slots.length]);
    }

    @Override
    public int count() {
      return slots.length;
    }

    @Override
    public int slot(int i) {
      return slots[i];
    }

    @Override
    public boolean isPresent(int i) {
      return present[i];
    }
  }

  private SlotRouter router(Topology topology, Node self, RoutingPolicy policy) {
    Set<NodeId> live =
        topology.nodes().stream()
            .filter(node -> !dead.contains(node))
            .map(Node::id)
            .collect(Collectors.toSet());
    return new SlotRouter(topology, self.id(), policy, slot -> leased, live);
  }

  private SlotRouter router(Node self) {
    return router(Cluster.whole(), self, RoutingPolicy.DEFAULT);
  }

  @Test
  void aCommandWithoutKeysRunsAnywhere() {
    assertThat(router(Cluster.OUTSIDER).route(FixedKeys.in(), Access.WRITE, false))
        .isEqualTo(new Route.Local(-1));
  }

  @Test
  void theOwnerRunsItAndOthersRedirect() {
    assertThat(router(Cluster.A).route(5, Access.WRITE)).isEqualTo(new Route.Local(5));
    assertThat(router(Cluster.B).route(5, Access.WRITE)).isEqualTo(new Route.Moved(5, Cluster.A));
    assertThat(router(Cluster.OUTSIDER).route(9000, Access.READ))
        .isEqualTo(new Route.Moved(9000, Cluster.B));
  }

  @Test
  void aReplicaRedirectsKeysButServesShardChannels() {
    SlotRouter replica = router(Cluster.A_REPLICA);

    assertThat(replica.route(5, Access.READ)).isEqualTo(new Route.Moved(5, Cluster.A));
    assertThat(replica.route(5, Access.SHARD_CHANNEL)).isEqualTo(new Route.Local(5, false));
    assertThat(replica.route(9000, Access.SHARD_CHANNEL))
        .isEqualTo(new Route.Moved(9000, Cluster.B));
  }

  @Test
  void aReplicaNeedsNoLeaseToServeReadsOfThoseWhoSaidReadOnly() {
    leased = false;
    SlotRouter replica = router(Cluster.A_REPLICA);

    assertThat(replica.route(5, Access.REPLICA_READ)).isEqualTo(new Route.Local(5, false));
    assertThat(replica.route(5, Access.WRITE)).isEqualTo(new Route.Moved(5, Cluster.A));
    assertThat(replica.route(9000, Access.REPLICA_READ))
        .isEqualTo(new Route.Moved(9000, Cluster.B));
    assertThat(router(Cluster.A).route(5, Access.REPLICA_READ)).isEqualTo(new Route.Down(false));
  }

  @Test
  void keysOfTwoSlotsAreRefusedEvenIfOneNodeOwnsBoth() {
    SlotRouter router = router(Cluster.A);

    assertThat(router.route(FixedKeys.in(5, 6), Access.WRITE, false))
        .isEqualTo(new Route.CrossSlot());
    assertThat(router.route(FixedKeys.in(5, 5), Access.WRITE, false)).isEqualTo(new Route.Local(5));
  }

  @Test
  void aSlotThatNobodyOwnsIsSaidSo() {
    SlotRouter router = router(Cluster.withAGap(), Cluster.A, PARTIAL);

    assertThat(router.route(50, Access.READ)).isEqualTo(new Route.Unassigned(50));
    assertThat(router.route(50, Access.SHARD_CHANNEL)).isEqualTo(new Route.Unassigned(50));
  }

  @Test
  void aGapStopsKeysUnlessPartialServiceIsAllowed() {
    Topology gap = Cluster.withAGap();

    assertThat(router(gap, Cluster.A, RoutingPolicy.DEFAULT).route(200, Access.READ))
        .isEqualTo(new Route.Down(false));
    assertThat(router(gap, Cluster.A, PARTIAL).route(200, Access.READ))
        .isEqualTo(new Route.Local(200));
    assertThat(router(gap, Cluster.A, READS_WHEN_DOWN).route(200, Access.READ))
        .isEqualTo(new Route.Local(200));
    assertThat(router(gap, Cluster.A, READS_WHEN_DOWN).route(200, Access.WRITE))
        .isEqualTo(new Route.Down(true));
  }

  @Test
  void anOwnerWithoutItsLeaseServesNoKey() {
    leased = false;

    assertThat(router(Cluster.A).route(5, Access.WRITE)).isEqualTo(new Route.Down(false));
    assertThat(router(Cluster.A).route(5, Access.READ)).isEqualTo(new Route.Down(false));
    assertThat(router(Cluster.B).route(5, Access.READ))
        .as("another node still knows the way")
        .isEqualTo(new Route.Moved(5, Cluster.A));
  }

  @Test
  void shardChannelsGoOnWithoutTheLeaseUnlessForbidden() {
    leased = false;

    assertThat(router(Cluster.A).route(5, Access.SHARD_CHANNEL)).isEqualTo(new Route.Local(5));
    assertThat(
            router(Cluster.whole(), Cluster.A, NO_CHANNELS_WHEN_DOWN)
                .route(5, Access.SHARD_CHANNEL))
        .isEqualTo(new Route.Down(false));
  }

  @Test
  void theSourceOfAMovingSlotServesWhatItHasAndAsksForTheRest() {
    SlotRouter source = router(moving(), Cluster.B, RoutingPolicy.DEFAULT);
    int[] one = {9000};
    int[] two = {9000, 9000};

    assertThat(source.route(new FixedKeys(one, true), Access.READ, false))
        .isEqualTo(new Route.Local(9000));
    assertThat(source.route(new FixedKeys(one, false), Access.READ, false))
        .isEqualTo(new Route.Ask(9000, Cluster.A));
    assertThat(source.route(new FixedKeys(two, true, false), Access.READ, false))
        .isEqualTo(new Route.TryAgain());
    assertThat(source.route(new FixedKeys(one, false), Access.SHARD_CHANNEL, false))
        .as("shard channels do not move with keys")
        .isEqualTo(new Route.Local(9000));
  }

  @Test
  void theTargetOfAMovingSlotServesWhoSaidAsking() {
    SlotRouter target = router(moving(), Cluster.A, RoutingPolicy.DEFAULT);
    int[] one = {9000};
    int[] two = {9000, 9000};

    assertThat(target.route(new FixedKeys(one, false), Access.WRITE, false))
        .isEqualTo(new Route.Moved(9000, Cluster.B));
    assertThat(target.route(new FixedKeys(one, false), Access.WRITE, true))
        .isEqualTo(new Route.Local(9000, false));
    assertThat(target.route(new FixedKeys(two, true, false), Access.READ, true))
        .isEqualTo(new Route.TryAgain());
  }

  @Test
  void theSameKeyTwiceIsNoTornRequestAtTheTarget() {
    SlotRouter target = router(moving(), Cluster.A, RoutingPolicy.DEFAULT);
    Keys same =
        new Keys() {
          @Override
          public int count() {
            return 2;
          }

          @Override
          public int slot(int i) {
            return 9000;
          }

          @Override
          public boolean isFirstAgain(int i) {
            return true;
          }

          @Override
          public boolean isPresent(int i) {
            return false;
          }
        };

    assertThat(target.route(same, Access.READ, true)).isEqualTo(new Route.Local(9000, false));
  }

  @Test
  void keysAreTransferredFromBothEndsOfAnOpenSlot() {
    FixedKeys absent = new FixedKeys(new int[] {9000}, false);
    assertThat(
            router(moving(), Cluster.A, RoutingPolicy.DEFAULT)
                .route(absent, Access.TRANSFER, false))
        .isEqualTo(new Route.Local(9000, false));
    assertThat(
            router(moving(), Cluster.B, RoutingPolicy.DEFAULT)
                .route(absent, Access.TRANSFER, false))
        .isEqualTo(new Route.Local(9000));
    assertThat(router(Cluster.A).route(absent, Access.TRANSFER, false))
        .isEqualTo(new Route.Moved(9000, Cluster.B));
  }

  private static Topology moving() {
    return Cluster.whole().withMoves(List.of(new SlotMove(9000, Cluster.B.id(), Cluster.A.id())));
  }

  @Test
  void aShardOfWhichNobodyLivesLeavesItsSlotsUncovered() {
    dead = Set.of(Cluster.A);
    assertThat(router(Cluster.B).route(9000, Access.WRITE))
        .as("a replica lives and is about to take over")
        .isEqualTo(new Route.Local(9000));

    dead = Set.of(Cluster.A, Cluster.A_REPLICA);
    assertThat(router(Cluster.B).isCovered()).isFalse();
    assertThat(router(Cluster.B).route(9000, Access.WRITE)).isEqualTo(new Route.Down(false));
    SlotRouter partial = router(Cluster.whole(), Cluster.B, PARTIAL);
    assertThat(partial.route(9000, Access.WRITE)).isEqualTo(new Route.Local(9000));
    assertThat(partial.route(5, Access.WRITE))
        .as("as Redis does, which knows no better address either")
        .isEqualTo(new Route.Moved(5, Cluster.A));
  }
}
