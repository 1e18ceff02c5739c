package io.slotcast.broker.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.slotcast.broker.RespConnection;
import io.slotcast.broker.SingleNode;
import io.slotcast.router.Node;
import io.slotcast.router.NodeId;
import io.slotcast.router.Shard;
import io.slotcast.router.ShardId;
import io.slotcast.router.SlotSet;
import io.slotcast.router.Topology;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Changes to the cluster by command; the error texts are those of redis-server 7.0.15. */
class ClusterAdministrationTest {
  private static final NodeId OTHER = new NodeId("b".repeat(40));
  private static final NodeId REPLICA = new NodeId("c".repeat(40));

  private SingleNode node;
  private RespConnection connection;
  private String self;

  @BeforeEach
  void start() {
    node = SingleNode.start();
    connection = node.connect();
    self = node.membership().self().id().hex();
  }

  @AfterEach
  void stop() {
    node.close();
  }

  private void expect(String reply, String... words) {
    assertThat(connection.call(words)).isEqualTo(reply);
  }

  /** This node with {@code slots}, and another primary with a replica and slot 16,383. */
  private void three(SlotSet slots) {
    Node own = node.membership().self();
    node.membership()
        .change(
            new Topology(
                5,
                List.of(
                    own, Node.plain(OTHER, "127.0.0.2", 2), Node.plain(REPLICA, "127.0.0.3", 3)),
                List.of(
                    new Shard(new ShardId("1".repeat(40)), own.id(), List.of(), slots, 2),
                    new Shard(
                        new ShardId("2".repeat(40)),
                        OTHER,
                        List.of(REPLICA),
                        SlotSet.range(16_383, 16_383),
                        3)),
                List.of()));
  }

  private Topology topology() {
    return node.membership().current();
  }

  private SlotSet own() {
    return topology().slotsOf(node.membership().self().id());
  }

  @Test
  void slotsAreAssignedAndGivenUpOneByOneAndInRanges() {
    three(SlotSet.empty());
    expect("+OK\r\n", "CLUSTER", "ADDSLOTS", "0", "7");
    expect("+OK\r\n", "CLUSTER", "ADDSLOTSRANGE", "10", "20", "30", "30");
    assertThat(own().size()).isEqualTo(14);
    assertThat(topology().shards().getFirst().epoch()).isEqualTo(topology().epoch());

    expect("+OK\r\n", "CLUSTER", "DELSLOTSRANGE", "10", "12");
    expect("+OK\r\n", "CLUSTER", "DELSLOTS", "0");
    assertThat(own().toString()).isEqualTo("7 13-20 30");
    expect("+OK\r\n", "CLUSTER", "FLUSHSLOTS");
    assertThat(own().isEmpty()).isTrue();
  }

  @Test
  void slotsThatCannotBeAssignedAreNamed() {
    three(SlotSet.range(0, 9));
    for (String wrong : List.of("x", "-1", "16384")) {
      expect("-ERR Invalid or out of range slot\r\n", "CLUSTER", "ADDSLOTS", wrong);
    }
    expect("-ERR Slot 11 specified multiple times\r\n", "CLUSTER", "ADDSLOTS", "11", "11");
    expect("-ERR Slot 16383 is already busy\r\n", "CLUSTER", "ADDSLOTSRANGE", "16000", "16383");
    expect("-ERR Slot 10 is already unassigned\r\n", "CLUSTER", "DELSLOTS", "9", "10");
    expect("-ERR I'm not the owner of hash slot 16383\r\n", "CLUSTER", "DELSLOTS", "16383");
    expect(
        "-ERR start slot number 5 is greater than end slot number 3\r\n",
        "CLUSTER",
        "ADDSLOTSRANGE",
        "5",
        "3");
    expect(
        "-ERR wrong number of arguments for 'cluster|addslotsrange' command\r\n",
        "CLUSTER",
        "ADDSLOTSRANGE",
        "1",
        "2",
        "3");
    assertThat(own()).isEqualTo(SlotSet.range(0, 9));
  }

  @Test
  void whomToMeetIsNamedByAnAddress() {
    expect("+OK\r\n", "CLUSTER", "MEET", "127.0.0.1", "7000");
    expect("+OK\r\n", "CLUSTER", "MEET", "::1", "7000", "7001");
    assertThat(node.membership().met())
        .extracting(InetSocketAddress::getPort)
        .containsExactly(17_000, 7_001);

    expect("-ERR Invalid node address specified: 1.2.3:1\r\n", "CLUSTER", "MEET", "1.2.3", "1");
    expect("-ERR Invalid node address specified: a:7000\r\n", "CLUSTER", "MEET", "a", "7000");
    for (String port : List.of("0", "-5", "60000", "70000")) {
      expect(
          "-ERR Invalid node address specified: 127.0.0.1:" + port + "\r\n",
          "CLUSTER",
          "MEET",
          "127.0.0.1",
          port);
    }
    expect("-ERR Invalid TCP base port specified: x\r\n", "CLUSTER", "MEET", "127.0.0.1", "x");
    expect("-ERR Invalid TCP bus port specified: x\r\n", "CLUSTER", "MEET", "::1", "7000", "x");
    expect(
        "-ERR unknown subcommand or wrong number of arguments for 'meet'. Try CLUSTER HELP.\r\n",
        "CLUSTER",
        "meet",
        "::1",
        "7000",
        "7001",
        "7002");
    expect(
        "-ERR wrong number of arguments for 'cluster|meet' command\r\n", "CLUSTER", "MEET", "::1");
  }

  @Test
  void aNodeWithoutKeysIsReset() {
    three(SlotSet.range(0, 9));
    expect("-ERR syntax error\r\n", "CLUSTER", "RESET", "x");
    expect(
        "-ERR unknown subcommand or wrong number of arguments for 'reset'. Try CLUSTER HELP.\r\n",
        "CLUSTER",
        "reset",
        "soft",
        "x");
    assertThat(topology().nodes()).hasSize(3);

    expect("+OK\r\n", "CLUSTER", "RESET", "hard");
    assertThat(topology().nodes()).hasSize(1);
    assertThat(own().isEmpty()).isTrue();
    expect("+OK\r\n", "CLUSTER", "RESET");
  }

  @Test
  void aPrimaryWithKeysIsNotReset() {
    expect("+OK\r\n", "SET", "key", "value");
    for (String how : List.of("SOFT", "HARD")) {
      expect(
          "-ERR CLUSTER RESET can't be called with master nodes containing keys\r\n",
          "CLUSTER",
          "RESET",
          how);
    }
    expect("$5\r\nvalue\r\n", "GET", "key");
  }

  @Test
  void aNodeWithKeysKeepsItsSlots() {
    expect("+OK\r\n", "SET", "key", "value");
    expect("-ERR DB must be empty to perform CLUSTER FLUSHSLOTS.\r\n", "CLUSTER", "FLUSHSLOTS");
    assertThat(own()).isEqualTo(SlotSet.all());
  }

  @Test
  void epochsAreGivenByAgreement() {
    expect("-ERR value is not an integer or out of range\r\n", "CLUSTER", "SET-CONFIG-EPOCH", "x");
    expect("-ERR Invalid config epoch specified: -1\r\n", "CLUSTER", "SET-CONFIG-EPOCH", "-1");
    expect("+OK\r\n", "CLUSTER", "SET-CONFIG-EPOCH", "100");
    assertThat(topology().shards().getFirst().epoch()).isEqualTo(2);
    expect("+BUMPED 3\r\n", "CLUSTER", "BUMPEPOCH");
    expect("+OK\r\n", "CLUSTER", "SAVECONFIG");

    three(SlotSet.empty());
    expect(
        "-ERR The user can assign a config epoch only when the node does not know any other"
            + " node.\r\n",
        "CLUSTER",
        "SET-CONFIG-EPOCH",
        "1");
  }

  @Test
  void aForgottenNodeIsForgottenByAllWhoAreTold() {
    three(SlotSet.range(0, 9));
    expect("-ERR Unknown node x\r\n", "CLUSTER", "FORGET", "x");
    expect("-ERR I tried hard but I can't forget myself...\r\n", "CLUSTER", "FORGET", self);
    expect("-ERR Node " + OTHER + " is alive and owns slots\r\n", "CLUSTER", "FORGET", OTHER.hex());
    node.membership().dead(OTHER);
    expect("-ERR Node " + OTHER + " has replicas\r\n", "CLUSTER", "FORGET", OTHER.hex());

    expect("+OK\r\n", "CLUSTER", "FORGET", REPLICA.hex());
    expect("+OK\r\n", "CLUSTER", "FORGET", REPLICA.hex());
    expect("+OK\r\n", "CLUSTER", "FORGET", OTHER.hex());

    assertThat(topology().nodes()).hasSize(1);
    assertThat(topology().ownerOf(16_383)).isNull();
  }

  @Test
  void aNodeWithoutSlotsBecomesAReplica() {
    three(SlotSet.range(0, 9));
    expect("-ERR Unknown node x\r\n", "CLUSTER", "REPLICATE", "x");
    expect("-ERR Can't replicate myself\r\n", "CLUSTER", "REPLICATE", self);
    expect(
        "-ERR I can only replicate a master, not a replica.\r\n",
        "CLUSTER",
        "REPLICATE",
        REPLICA.hex());
    expect(
        "-ERR To set a master the node must be empty and without assigned slots.\r\n",
        "CLUSTER",
        "REPLICATE",
        OTHER.hex());

    expect("+OK\r\n", "CLUSTER", "FLUSHSLOTS");
    expect("+OK\r\n", "CLUSTER", "REPLICATE", OTHER.hex());
    assertThat(topology().shards()).hasSize(1);
    assertThat(topology().shards().getFirst().replicas())
        .containsExactly(REPLICA, node.membership().self().id());
  }

  @Test
  void whoIsThoughtDeadIsCounted() {
    three(SlotSet.empty());
    expect(":0\r\n", "CLUSTER", "COUNT-FAILURE-REPORTS", OTHER.hex());
    node.membership().dead(OTHER);
    expect(":1\r\n", "CLUSTER", "COUNT-FAILURE-REPORTS", OTHER.hex());
    expect("-ERR Unknown node x\r\n", "CLUSTER", "COUNT-FAILURE-REPORTS", "x");
  }

  @Test
  void whatTheVotersHaveToAgreeOnIsNotDoneByATransactionWhoseReplyCannotWait() {
    connection.call("MULTI");
    connection.call("CLUSTER", "DELSLOTS", "7");
    expect("*1\r\n-ERR Command not allowed inside a transaction\r\n", "EXEC");

    assertThat(own()).isEqualTo(SlotSet.all());
    expect("+OK\r\n", "SET", "k", "v");
  }

  @Test
  void anOwnerThatIsToldInOneTransactionToGiveASlotUpAndTakeItKeepsIt() {
    connection.call("MULTI");
    connection.call("CLUSTER", "DELSLOTS", "7");
    connection.call("CLUSTER", "ADDSLOTS", "7");
    connection.call("CLUSTER", "SETSLOT", "7", "STABLE");
    connection.call("CLUSTER", "BUMPEPOCH");
    expect("*4\r\n+OK\r\n+OK\r\n+OK\r\n+STILL 1\r\n", "EXEC");

    assertThat(own()).isEqualTo(SlotSet.all());
  }

  @Test
  void aSlotThatNobodyHasIsClaimedInOneTransaction() {
    three(SlotSet.range(0, 5));
    connection.call("MULTI");
    connection.call("CLUSTER", "DELSLOTS", "7");
    connection.call("CLUSTER", "ADDSLOTS", "7");
    connection.call("CLUSTER", "BUMPEPOCH");
    expect("*3\r\n-ERR Slot 7 is already unassigned\r\n+OK\r\n+STILL 6\r\n", "EXEC");

    assertThat(own().contains(7)).isTrue();
  }
}
