package io.slotcast.broker.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.slotcast.broker.RespConnection;
import io.slotcast.broker.SingleNode;
import io.slotcast.router.Node;
import io.slotcast.router.NodeId;
import io.slotcast.router.Shard;
import io.slotcast.router.ShardId;
import io.slotcast.router.SlotMove;
import io.slotcast.router.SlotSet;
import io.slotcast.router.Topology;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a client is told of keys that are not, or not all, on the node that it asked. */
class RedirectTest {
  /** The slot of the keys k and {k}…. */
  private static final int SLOT = 7629;

  private static final NodeId OTHER = new NodeId("b".repeat(40));
  private static final ShardId OURS = new ShardId("1".repeat(40));
  private static final ShardId THEIRS = new ShardId("2".repeat(40));
  private static final String MOVED = "-MOVED 7629 127.0.0.2:2\r\n";
  private static final String ASK = "-ASK 7629 127.0.0.2:2\r\n";

  private SingleNode node;
  private NodeId self;
  private RespConnection connection;

  @BeforeEach
  void start() {
    node = SingleNode.start();
    self = node.membership().self().id();
    connection = node.connect();
  }

  @AfterEach
  void stop() {
    node.close();
  }

  private void learn(List<Shard> shards, SlotMove... moves) {
    List<Node> nodes = List.of(node.membership().self(), Node.plain(OTHER, "127.0.0.2", 2));
    node.membership().change(new Topology(2, nodes, shards, List.of(moves)));
  }

  private void weOwnAllBut(SlotSet theirs, SlotMove... moves) {
    SlotSet ours = SlotSet.all().minus(theirs);
    learn(
        List.of(
            new Shard(OURS, self, List.of(), ours, 1),
            new Shard(THEIRS, OTHER, List.of(), theirs, 1)),
        moves);
  }

  private void weAreAReplica() {
    learn(List.of(new Shard(THEIRS, OTHER, List.of(self), SlotSet.all(), 1)));
  }

  @Test
  void aKeyOfAnotherShardHasMoved() {
    weOwnAllBut(SlotSet.range(SLOT, SLOT));
    assertThat(connection.line("GET k")).isEqualTo(MOVED);
    assertThat(connection.line("SET k v")).isEqualTo(MOVED);
    assertThat(connection.line("DEL {k}1 {k}2")).isEqualTo(MOVED);
    assertThat(connection.line("SPUBLISH k v")).isEqualTo(MOVED);
    assertThat(connection.line("SET other v")).isEqualTo("+OK\r\n");
  }

  @Test
  void aReplicaSendsReadersToItsPrimaryUntilTheySayReadonly() {
    weAreAReplica();
    assertThat(connection.line("GET k")).isEqualTo(MOVED);
    assertThat(connection.line("READONLY")).isEqualTo("+OK\r\n");
    assertThat(connection.line("GET k")).isEqualTo("$-1\r\n");
    assertThat(connection.line("EXISTS k")).isEqualTo(":0\r\n");
    assertThat(connection.line("TTL k")).isEqualTo(":-2\r\n");
    assertThat(connection.line("SET k v")).isEqualTo(MOVED);
    assertThat(connection.line("SPUBLISH k v")).isEqualTo(":0\r\n");
  }

  @Test
  void keysOfTwoSlotsCannotBeInOneCommand() {
    String crossSlot = "-CROSSSLOT Keys in request don't hash to the same slot\r\n";
    assertThat(connection.line("DEL k j")).isEqualTo(crossSlot);
    assertThat(connection.line("MSET {k}1 a {k}2 b j c")).isEqualTo(crossSlot);
    assertThat(connection.line("MSET {k}1 a {k}2 b")).isEqualTo("+OK\r\n");
  }

  @Test
  void aSlotWithoutOwnerIsServedByNobody() {
    SlotSet allButOne = SlotSet.all().minus(SlotSet.range(SLOT, SLOT));
    learn(List.of(new Shard(OURS, self, List.of(), allButOne, 1)));
    assertThat(connection.line("GET k")).isEqualTo("-CLUSTERDOWN Hash slot not served\r\n");
    assertThat(connection.line("GET j")).isEqualTo("-CLUSTERDOWN The cluster is down\r\n");
    connection.line("CONFIG SET cluster-require-full-coverage no");
    assertThat(connection.line("GET k")).isEqualTo("-CLUSTERDOWN Hash slot not served\r\n");
    assertThat(connection.line("GET j")).isEqualTo("$-1\r\n");
  }

  @Test
  void withoutALeaseNoKeyIsServed() {
    connection.line("SET k v");
    node.membership().serving(false);
    assertThat(connection.line("GET k")).isEqualTo("-CLUSTERDOWN The cluster is down\r\n");
    assertThat(connection.line("SET k w")).isEqualTo("-CLUSTERDOWN The cluster is down\r\n");
    node.membership().serving(true);
    assertThat(connection.line("GET k")).isEqualTo("$1\r\nv\r\n");
  }

  @Test
  void aSlotThatCameAndWentOnAtOnceIsNotWaitedFor() {
    SlotSet slot = SlotSet.range(SLOT, SLOT);
    weOwnAllBut(slot);
    weOwnAllBut(SlotSet.empty());
    weOwnAllBut(slot);
    assertThat(connection.line("GET k")).isEqualTo(MOVED);
  }

  @Test
  void aSlotThatLeavesIsServedAsFarAsItsKeysAreHere() {
    connection.line("MSET {k}1 a {k}2 b");
    weOwnAllBut(SlotSet.range(0, 0), new SlotMove(SLOT, self, OTHER));
    assertThat(connection.line("GET {k}1")).isEqualTo("$1\r\na\r\n");
    assertThat(connection.line("MGET {k}1 {k}2")).isEqualTo("*2\r\n$1\r\na\r\n$1\r\nb\r\n");
    assertThat(connection.line("GET {k}3")).isEqualTo(ASK);
    assertThat(connection.line("SET {k}3 c")).isEqualTo(ASK);
    assertThat(connection.line("MGET {k}3 {k}4")).isEqualTo(ASK);
    assertThat(connection.line("MGET {k}1 {k}3"))
        .isEqualTo("-TRYAGAIN Multiple keys request during rehashing of slot\r\n");
    assertThat(connection.line("GET j")).isEqualTo("$-1\r\n");
  }

  @Test
  void anExpiredKeyOfASlotThatLeavesIsNotHere() {
    connection.line("SET k v PXAT 1");
    weOwnAllBut(SlotSet.range(0, 0), new SlotMove(SLOT, self, OTHER));
    assertThat(connection.line("GET k")).isEqualTo(ASK);
  }

  @Test
  void aSlotThatComesIsServedToWhoAsked() {
    weOwnAllBut(SlotSet.range(SLOT, SLOT), new SlotMove(SLOT, OTHER, self));
    assertThat(connection.line("SET {k}1 a")).isEqualTo(MOVED);
    assertThat(connection.line("ASKING")).isEqualTo("+OK\r\n");
    assertThat(connection.line("SET {k}1 a")).isEqualTo("+OK\r\n");
    assertThat(connection.line("GET {k}1")).isEqualTo(MOVED);
    connection.line("ASKING");
    assertThat(connection.line("MGET {k}1 {k}2"))
        .isEqualTo("-TRYAGAIN Multiple keys request during rehashing of slot\r\n");
    connection.line("ASKING");
    assertThat(connection.line("GET {k}2")).isEqualTo("$-1\r\n");
  }

  @Test
  void aPipelineOverLeavingSlotsKeepsItsOrder() {
    connection.line("SET k v");
    weOwnAllBut(SlotSet.range(0, 0), new SlotMove(SLOT, self, OTHER));
    connection.sendRaw("GET k\r\nGET {k}9\r\nGET k\r\nSET j w\r\nGET {k}9\r\nGET j\r\n");
    assertThat(connection.read()).isEqualTo("$1\r\nv\r\n");
    assertThat(connection.read()).isEqualTo(ASK);
    assertThat(connection.read()).isEqualTo("$1\r\nv\r\n");
    assertThat(connection.read()).isEqualTo("+OK\r\n");
    assertThat(connection.read()).isEqualTo(ASK);
    assertThat(connection.read()).isEqualTo("$1\r\nw\r\n");
  }
}
