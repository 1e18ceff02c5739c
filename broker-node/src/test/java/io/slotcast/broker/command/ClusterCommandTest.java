package io.slotcast.broker.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.slotcast.broker.Reply;
import io.slotcast.broker.RespConnection;
import io.slotcast.broker.SingleNode;
import io.slotcast.router.Node;
import io.slotcast.router.NodeId;
import io.slotcast.router.Shard;
import io.slotcast.router.ShardId;
import io.slotcast.router.SlotMove;
import io.slotcast.router.SlotRange;
import io.slotcast.router.SlotSet;
import io.slotcast.router.Topology;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * CLUSTER on a node that believes to be one of six; the shapes were recorded from a cluster of
 * redis-server 7.0.15. Nobody is at the other nodes' ports.
 */
class ClusterCommandTest {
  private static final NodeId PRIMARY_2 = id('b');
  private static final NodeId PRIMARY_3 = id('c');
  private static final NodeId REPLICA_1 = id('d');
  private static final NodeId REPLICA_2 = id('e');
  private static final NodeId REPLICA_3 = id('f');

  private SingleNode node;
  private Node self;
  private RespConnection connection;

  @BeforeEach
  void start() {
    node = SingleNode.start();
    self = node.membership().self();
    connection = node.connect();
    node.membership().change(six(self));
  }

  @AfterEach
  void stop() {
    node.close();
  }

  private static NodeId id(char digit) {
    return new NodeId(Character.toString(digit).repeat(40));
  }

  private static ShardId shardId(char digit) {
    return new ShardId(Character.toString(digit).repeat(40));
  }

  private static Topology six(Node self) {
    List<Node> nodes =
        List.of(
            self,
            new Node(PRIMARY_2, "127.0.0.2", "two.example.com", 2, 0, 10_002, "", 1),
            new Node(PRIMARY_3, "127.0.0.3", "", 3, 33, 10_003, "zone-3", 1),
            Node.plain(REPLICA_1, "127.0.0.4", 4),
            Node.plain(REPLICA_2, "127.0.0.5", 5),
            Node.plain(REPLICA_3, "127.0.0.6", 6));
    SlotSet third = SlotSet.of(List.of(new SlotRange(10_923, 16_382), new SlotRange(0, 0)));
    List<Shard> shards =
        List.of(
            new Shard(shardId('1'), self.id(), List.of(REPLICA_1), SlotSet.range(1, 5460), 3),
            new Shard(shardId('2'), PRIMARY_2, List.of(REPLICA_2), SlotSet.range(5461, 10_922), 4),
            new Shard(shardId('3'), PRIMARY_3, List.of(REPLICA_3), third.with(16_383, 16_383), 7));
    return new Topology(9, nodes, shards, List.of());
  }

  private String bulk(String text) {
    return "$" + text.length() + "\r\n" + text + "\r\n";
  }

  private String slotsNode(String endpoint, int port, NodeId id, String metadata) {
    return "*4\r\n" + endpoint + ":" + port + "\r\n" + bulk(id.hex()) + metadata;
  }

  @Test
  void slotsAreRangesWithPrimaryAndReplicas() {
    String third =
        slotsNode(
                bulk("127.0.0.3"),
                3,
                PRIMARY_3,
                "*2\r\n" + bulk("availability-zone") + bulk("zone-3"))
            + slotsNode(bulk("127.0.0.6"), 6, REPLICA_3, "*0\r\n");
    assertThat(connection.line("CLUSTER SLOTS"))
        .isEqualTo(
            "*4\r\n"
                + "*4\r\n:0\r\n:0\r\n"
                + third
                + "*4\r\n:1\r\n:5460\r\n"
                + slotsNode(bulk("127.0.0.1"), node.port(), self.id(), "*0\r\n")
                + slotsNode(bulk("127.0.0.4"), 4, REPLICA_1, "*0\r\n")
                + "*4\r\n:5461\r\n:10922\r\n"
                + slotsNode(
                    bulk("127.0.0.2"),
                    2,
                    PRIMARY_2,
                    "*2\r\n" + bulk("hostname") + bulk("two.example.com"))
                + slotsNode(bulk("127.0.0.5"), 5, REPLICA_2, "*0\r\n")
                + "*4\r\n:10923\r\n:16383\r\n"
                + third);
  }

  @Test
  void slotsLeaveDeadReplicasOutButNotDeadPrimaries() {
    node.membership().dead(PRIMARY_2, REPLICA_2);
    Reply second = connection.reply("CLUSTER", "SLOTS").elements().get(2);
    assertThat(second.elements()).hasSize(3);
    assertThat(second.elements().get(2).elements().get(2).text()).isEqualTo(PRIMARY_2.hex());
  }

  @Test
  void hostnamesAreThePreferredEndpointsIfConfigured() {
    connection.line("CONFIG SET cluster-preferred-endpoint-type hostname");
    connection.line("HELLO 3");
    String slots = connection.line("CLUSTER SLOTS");
    assertThat(slots)
        .contains(
            slotsNode(
                bulk("two.example.com"), 2, PRIMARY_2, "%1\r\n" + bulk("ip") + bulk("127.0.0.2")))
        .contains(slotsNode(bulk("?"), 5, REPLICA_2, "%1\r\n" + bulk("ip") + bulk("127.0.0.5")));
    assertThat(connection.line("CLUSTER SHARDS"))
        .contains(bulk("endpoint") + bulk("two.example.com") + bulk("hostname"))
        .contains(bulk("endpoint") + bulk("?") + bulk("role"));
    assertThat(connection.line("GET foo")).isEqualTo("-MOVED 12182 ?:3\r\n");
  }

  @Test
  void anUnknownEndpointIsNullInSlotsAndEmptyElsewhere() {
    connection.line("CONFIG SET cluster-preferred-endpoint-type unknown-endpoint");
    String metadata =
        "*4\r\n" + bulk("ip") + bulk("127.0.0.2") + bulk("hostname") + bulk("two.example.com");
    assertThat(connection.line("CLUSTER SLOTS"))
        .contains(slotsNode("$-1\r\n", 2, PRIMARY_2, metadata));
    assertThat(connection.line("CLUSTER SHARDS")).contains(bulk("endpoint") + "$0\r\n\r\n");
    assertThat(connection.line("GET foo")).isEqualTo("-MOVED 12182 :3\r\n");
  }

  private String shardsNode(Node of, String extra, String role, String health, int fields) {
    return "%"
        + fields
        + "\r\n"
        + bulk("id")
        + bulk(of.id().hex())
        + bulk("port")
        + ":"
        + of.port()
        + "\r\n"
        + (of.tlsPort() == 0 ? "" : bulk("tls-port") + ":" + of.tlsPort() + "\r\n")
        + bulk("ip")
        + bulk(of.host())
        + bulk("endpoint")
        + bulk(of.host())
        + extra
        + bulk("role")
        + bulk(role)
        + bulk("replication-offset")
        + ":0\r\n"
        + bulk("health")
        + bulk(health);
  }

  private Node known(NodeId id) {
    return node.membership().current().nodes().stream()
        .filter(each -> each.id().equals(id))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void shardsAreMapsOfSlotsAndNodes() {
    node.membership().dead(REPLICA_2);
    connection.line("HELLO 3");
    String slots = bulk("slots");
    String nodes = bulk("nodes") + "*2\r\n";
    assertThat(connection.line("CLUSTER SHARDS"))
        .isEqualTo(
            "*3\r\n"
                + ("%2\r\n" + slots + "*2\r\n:1\r\n:5460\r\n" + nodes)
                + shardsNode(self, "", "master", "online", 7)
                + shardsNode(known(REPLICA_1), "", "replica", "loading", 7)
                + ("%2\r\n" + slots + "*2\r\n:5461\r\n:10922\r\n" + nodes)
                + shardsNode(
                    known(PRIMARY_2),
                    bulk("hostname") + bulk("two.example.com"),
                    "master",
                    "online",
                    8)
                + shardsNode(known(REPLICA_2), "", "replica", "fail", 7)
                + ("%2\r\n" + slots + "*4\r\n:0\r\n:0\r\n:10923\r\n:16383\r\n" + nodes)
                + shardsNode(
                    known(PRIMARY_3),
                    bulk("availability-zone") + bulk("zone-3"),
                    "master",
                    "online",
                    9)
                + shardsNode(known(REPLICA_3), "", "replica", "loading", 7));
  }

  @Test
  void aNodeWithoutAPlaceIsAShardWithoutSlots() {
    node.membership().change(six(self).withNode(Node.plain(id('9'), "127.0.0.9", 9)));
    List<Reply> shards = connection.reply("CLUSTER", "SHARDS").elements();
    assertThat(shards).hasSize(4);
    assertThat(shards.get(3).field("slots").elements()).isEmpty();
    Reply only = shards.get(3).field("nodes").elements().getFirst();
    assertThat(only.field("id").text()).isEqualTo(id('9').hex());
    assertThat(only.field("role").text()).isEqualTo("master");
  }

  @Test
  void nodesAreALineEach() {
    node.membership().dead(PRIMARY_2);
    String port = Integer.toString(node.port());
    assertThat(connection.text("CLUSTER", "NODES").lines())
        .containsExactlyInAnyOrder(
            self.id().hex()
                + (" 127.0.0.1:" + port + "@" + (node.port() + 10_000))
                + " myself,master - 0 0 3 connected 1-5460",
            PRIMARY_2.hex()
                + " 127.0.0.2:2@10002,two.example.com master,fail - 0 0 4 disconnected 5461-10922",
            PRIMARY_3.hex() + " 127.0.0.3:3@10003 master - 0 0 7 disconnected 0 10923-16383",
            REPLICA_1.hex()
                + (" 127.0.0.4:4@10004 slave " + self.id().hex() + " 0 0 3 disconnected"),
            REPLICA_2.hex()
                + (" 127.0.0.5:5@10005 slave " + PRIMARY_2.hex() + " 0 0 4 disconnected"),
            REPLICA_3.hex()
                + (" 127.0.0.6:6@10006 slave " + PRIMARY_3.hex() + " 0 0 7 disconnected"));
    assertThat(connection.line("CLUSTER NODES")).endsWith("\n\r\n");
  }

  @Test
  void slotsUnderWayStandInThisNodesLineAlone() {
    node.membership()
        .change(
            six(self)
                .withMoves(
                    List.of(
                        new SlotMove(7, self.id(), PRIMARY_2),
                        new SlotMove(6000, PRIMARY_2, self.id()),
                        new SlotMove(7000, PRIMARY_2, PRIMARY_3))));
    List<String> lines = connection.text("CLUSTER", "NODES").lines().toList();
    assertThat(lines)
        .anyMatch(
            line ->
                line.contains("myself")
                    && line.endsWith(" 1-5460 [7->-" + PRIMARY_2 + "] [6000-<-" + PRIMARY_2 + "]"));
    assertThat(lines).filteredOn(line -> line.contains("[")).hasSize(1);
  }

  @Test
  void replicasAreTheLinesOfAPrimarysReplicas() {
    String line =
        REPLICA_2.hex() + " 127.0.0.5:5@10005 slave " + PRIMARY_2.hex() + " 0 0 4 disconnected";
    assertThat(connection.texts("CLUSTER", "REPLICAS", PRIMARY_2.hex())).containsExactly(line);
    assertThat(connection.texts("CLUSTER", "SLAVES", PRIMARY_2.hex())).containsExactly(line);
    assertThat(connection.call("CLUSTER", "REPLICAS", REPLICA_2.hex()))
        .isEqualTo("-ERR The specified node is not a master\r\n");
    assertThat(connection.call("CLUSTER", "REPLICAS", "xyz"))
        .isEqualTo("-ERR Unknown node xyz\r\n");
  }

  @Test
  void infoSaysHowTheClusterIs() {
    assertThat(connection.text("CLUSTER", "INFO").lines().limit(9))
        .containsExactly(
            "cluster_state:ok",
            "cluster_slots_assigned:16384",
            "cluster_slots_ok:16384",
            "cluster_slots_pfail:0",
            "cluster_slots_fail:0",
            "cluster_known_nodes:6",
            "cluster_size:3",
            "cluster_current_epoch:9",
            "cluster_my_epoch:3");
    node.membership().dead(PRIMARY_2);
    assertThat(connection.text("CLUSTER", "INFO"))
        .contains("cluster_slots_ok:10922\r\n", "cluster_slots_fail:5462\r\n");
    node.membership().serving(false);
    assertThat(connection.text("CLUSTER", "INFO")).startsWith("cluster_state:fail\r\n");
  }

  @Test
  void theIdsOfNodeAndShardAreTold() {
    assertThat(connection.text("CLUSTER", "MYID")).isEqualTo(self.id().hex());
    assertThat(connection.text("CLUSTER", "MYSHARDID")).isEqualTo(shardId('1').hex());
    node.membership().change(Topology.empty());
    assertThat(connection.text("CLUSTER", "MYID")).isEqualTo(self.id().hex());
    assertThat(connection.line("CLUSTER MYSHARDID"))
        .isEqualTo("-ERR This node is in no shard yet\r\n");
  }

  @Test
  void aNodeThatIsInNoClusterYetShowsItself() {
    node.membership().change(Topology.empty());
    assertThat(connection.line("CLUSTER SLOTS")).isEqualTo("*0\r\n");
    assertThat(connection.reply("CLUSTER", "SHARDS").elements()).hasSize(1);
    assertThat(connection.text("CLUSTER", "NODES"))
        .isEqualTo(
            self.id().hex()
                + (" 127.0.0.1:" + node.port() + "@" + (node.port() + 10_000))
                + " myself,master - 0 0 0 connected\n");
    assertThat(connection.text("CLUSTER", "INFO"))
        .startsWith("cluster_state:fail\r\ncluster_slots_assigned:0\r\n")
        .contains("cluster_known_nodes:1\r\n", "cluster_size:0\r\n");
  }

  @Test
  void slotStatsCountWhatCommandsCost() {
    // Slot 866, which is this node's.
    String request = "*3\r\n$3\r\nSET\r\n$5\r\nhello\r\n$5\r\nworld\r\n";
    assertThat(connection.sendRaw(request).read()).isEqualTo("+OK\r\n");
    connection.line("GET hello");
    Reply stat =
        connection
            .reply("CLUSTER", "SLOT-STATS", "ORDERBY", "key-count", "LIMIT", "1")
            .elements()
            .getFirst();
    assertThat(stat.elements().getFirst().text()).isEqualTo("866");
    Reply numbers = stat.elements().get(1);
    assertThat(numbers.field("key-count").text()).isEqualTo("1");
    assertThat(numbers.field("network-bytes-in").text())
        .isEqualTo(Integer.toString(request.length() + "*2|$3|GET|$5|hello|".length() + 5));
    assertThat(numbers.field("network-bytes-out").text())
        .isEqualTo(Integer.toString("+OK|$5|world|".length() + 3));
    assertThat(Long.parseLong(numbers.field("cpu-usec").text())).isPositive();
    connection.line("CONFIG RESETSTAT");
    assertThat(connection.line("CLUSTER SLOT-STATS SLOTSRANGE 866 866"))
        .isEqualTo(
            ("*1|*2|:866|*8|$9|key-count|:1|$8|cpu-usec|:0|$16|network-bytes-in|:0|"
                    + "$17|network-bytes-out|:0|")
                .replace("|", "\r\n"));
  }

  @Test
  void slotStatsAreOfTheOwnShardsSlotsOnlyAndInOrder() {
    assertThat(slots("SLOTSRANGE", "5458", "5470")).containsExactly("5458", "5459", "5460");
    assertThat(slots("SLOTSRANGE", "0", "16383")).hasSize(5460);
    connection.line("SET hello world");
    assertThat(slots("ORDERBY", "KEY-COUNT", "LIMIT", "3")).containsExactly("866", "1", "2");
    assertThat(slots("ORDERBY", "key-count", "asc", "limit", "2")).containsExactly("1", "2");
    assertThat(slots("ORDERBY", "network-bytes-out", "DESC")).hasSize(5460).startsWith("866");
    assertThat(slots("ORDERBY", "network-bytes-in")).startsWith("866");
    assertThat(slots("ORDERBY", "cpu-usec")).hasSize(5460);
  }

  private List<String> slots(String... arguments) {
    String[] command = new String[arguments.length + 2];
    command[0] = "CLUSTER";
    command[1] = "SLOT-STATS";
    System.arraycopy(arguments, 0, command, 2, arguments.length);
    return connection.reply(command).elements().stream()
        .map(stat -> stat.elements().getFirst().text())
        .toList();
  }

  @Test
  void slotStatsRefuseAsValkeyDoes() {
    assertThat(connection.line("CLUSTER SLOT-STATS SLOTSRANGE 2 1"))
        .isEqualTo("-ERR Start slot number 2 is greater than end slot number 1\r\n");
    assertThat(connection.line("CLUSTER SLOT-STATS SLOTSRANGE 0 16384"))
        .isEqualTo("-ERR Invalid or out of range slot\r\n");
    assertThat(connection.line("CLUSTER SLOT-STATS ORDERBY foo"))
        .isEqualTo("-ERR Unrecognized sort metric for ORDERBY.\r\n");
    assertThat(connection.line("CLUSTER SLOT-STATS ORDERBY key-count LIMIT 0"))
        .isEqualTo("-ERR Limit has to lie in between 1 and 16384 (maximum number of slots).\r\n");
    assertThat(connection.line("CLUSTER SLOT-STATS ORDERBY key-count ASC DESC"))
        .isEqualTo("-ERR Multiple filters of the same type are disallowed.\r\n");
    assertThat(connection.line("CLUSTER SLOT-STATS ORDERBY key-count LIMIT"))
        .isEqualTo("-ERR syntax error\r\n");
    assertThat(connection.line("CLUSTER SLOT-STATS foo 1"))
        .isEqualTo(
            "-ERR unknown subcommand or wrong number of arguments for 'SLOT-STATS'."
                + " Try CLUSTER HELP.\r\n");
    assertThat(connection.line("CLUSTER SLOT-STATS SLOTSRANGE"))
        .isEqualTo("-ERR wrong number of arguments for 'cluster|slot-stats' command\r\n");
  }

  @Test
  void helpNamesEverySubcommand() {
    assertThat(connection.texts("CLUSTER", "HELP"))
        .contains("SLOTS", "SHARDS", "NODES", "INFO", "KEYSLOT <key>", "REPLICAS <node-id>")
        .contains("GETKEYSINSLOT <slot> <count>", "COUNTKEYSINSLOT <slot>");
  }
}
