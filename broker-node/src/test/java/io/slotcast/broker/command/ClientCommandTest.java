package io.slotcast.broker.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.slotcast.broker.RespConnection;
import io.slotcast.broker.SingleNode;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** CLIENT among several connections, which are spread over two event loops. */
class ClientCommandTest {
  private SingleNode node;
  private RespConnection admin;

  @BeforeEach
  void start() {
    node = SingleNode.start("--io-threads", "2");
    admin = node.connect();
  }

  @AfterEach
  void stop() {
    node.close();
  }

  private static String idOf(RespConnection connection) {
    return connection.reply("CLIENT", "ID").text();
  }

  /** The fields of CLIENT LIST's lines by the client's id. */
  private Map<String, Map<String, String>> list(String... filter) {
    String[] command =
        Stream.concat(Stream.of("CLIENT", "LIST"), Stream.of(filter)).toArray(String[]::new);
    return admin
        .text(command)
        .lines()
        .map(ClientCommandTest::fields)
        .collect(Collectors.toMap(fields -> fields.getOrDefault("id", ""), fields -> fields));
  }

  private static Map<String, String> fields(String line) {
    return Stream.of(line.split(" ", -1))
        .map(field -> field.split("=", 2))
        .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
  }

  private String field(String id, String name) {
    return list("ID", id).getOrDefault(id, Map.of()).getOrDefault(name, "none");
  }

  @Test
  void aLineHasTheFieldsThatToolsRead() {
    assertThat(admin.text("CLIENT", "LIST").lines().findFirst().orElseThrow())
        .matches(
            "id=\\d+ addr=\\S+ laddr=\\S+ fd=\\S+ name= age=\\d+ idle=\\d+ flags=N db=0 sub=0"
                + " psub=0 ssub=0 multi=-1 watch=0 qbuf=\\d+ qbuf-free=\\d+ argv-mem=\\d+"
                + " multi-mem=0 rbs=\\d+ rbp=\\d+ obl=\\d+ oll=\\d+ omem=\\d+ tot-mem=\\d+"
                + " events=r cmd=client\\|list user=default redir=-1 resp=2 lib-name= lib-ver=");
  }

  @Test
  void aLineTellsWhatTheConnectionDid() {
    RespConnection client = node.connect();
    String id = idOf(client);
    client.line("HELLO 3 SETNAME me");
    client.line("CLIENT NO-EVICT ON");
    client.line("CLIENT NO-TOUCH ON");
    client.line("READONLY");
    client.line("SUBSCRIBE a");
    client.line("PSUBSCRIBE b*");
    client.line("SSUBSCRIBE c");
    assertThat(list("ID", id).get(id))
        .containsEntry("name", "me")
        .containsEntry("flags", "PreT")
        .containsEntry("sub", "1")
        .containsEntry("psub", "1")
        .containsEntry("ssub", "1")
        .containsEntry("resp", "3")
        .containsEntry("cmd", "ssubscribe");
  }

  @Test
  void filtersChooseByTypeAndById() {
    RespConnection subscriber = node.connect();
    String id = idOf(subscriber);
    subscriber.line("SUBSCRIBE a");
    String own = idOf(admin);
    assertThat(list("TYPE", "pubsub")).containsOnlyKeys(id);
    assertThat(list("TYPE", "normal")).containsOnlyKeys(own);
    assertThat(list("TYPE", "replica")).isEmpty();
    assertThat(list("ID", id, own, "987654")).containsOnlyKeys(id, own);
  }

  @Test
  void namesWithSpacesAreRefusedAndAnEmptyOneTakesTheNameAway() {
    assertThat(admin.call("CLIENT", "SETNAME", "a b"))
        .isEqualTo("-ERR Client names cannot contain spaces, newlines or special characters.\r\n");
    assertThat(admin.call("CLIENT", "SETINFO", "LIB-NAME", "a b"))
        .isEqualTo("-ERR lib-name cannot contain spaces, newlines or special characters.\r\n");
    assertThat(admin.call("CLIENT", "SETINFO", "LIB-AGE", "1"))
        .isEqualTo("-ERR Unrecognized option 'LIB-AGE'\r\n");
    admin.line("CLIENT SETNAME a");
    assertThat(admin.call("CLIENT", "SETNAME", "")).isEqualTo("+OK\r\n");
    assertThat(admin.line("CLIENT GETNAME")).isEqualTo("$-1\r\n");
  }

  @Test
  void aKilledClientIsGoneWhereverItsLoopIs() {
    List<RespConnection> victims = Stream.generate(node::connect).limit(4).toList();
    victims.forEach(victim -> victim.line("SUBSCRIBE news"));
    assertThat(admin.line("CLIENT KILL TYPE pubsub")).isEqualTo(":4\r\n");
    assertThat(victims).allMatch(RespConnection::isClosedByServer);
    await().until(() -> admin.line("PUBLISH news x").equals(":0\r\n"));
    assertThat(list()).hasSize(1);
  }

  @Test
  void theOldFormKillsByAddress() {
    RespConnection victim = node.connect();
    victim.line("PING");
    String address = "127.0.0.1:" + victim.localPort();
    assertThat(admin.call("CLIENT", "KILL", address)).isEqualTo("+OK\r\n");
    assertThat(victim.isClosedByServer()).isTrue();
    assertThat(admin.call("CLIENT", "KILL", "127.0.0.1:1")).isEqualTo("-ERR No such client\r\n");
  }

  @Test
  void filtersOfAKillMustAllHold() {
    RespConnection victim = node.connect();
    String id = idOf(victim);
    String address = "127.0.0.1:" + victim.localPort();
    assertThat(admin.line("CLIENT KILL ID " + id + " TYPE pubsub")).isEqualTo(":0\r\n");
    assertThat(admin.line("CLIENT KILL ID " + id + " MAXAGE 1000")).isEqualTo(":0\r\n");
    assertThat(admin.line("CLIENT KILL MAXAGE 0"))
        .isEqualTo("-ERR maxage should be greater than 0\r\n");
    assertThat(admin.line("CLIENT KILL USER default ADDR " + address + " ID " + id))
        .isEqualTo(":1\r\n");
    assertThat(victim.isClosedByServer()).isTrue();
  }

  @Test
  void aClientThatKillsItselfGetsTheReplyFirst() {
    String id = idOf(admin);
    assertThat(admin.line("CLIENT KILL ID " + id)).isEqualTo(":0\r\n");
    assertThat(admin.line("CLIENT KILL ID " + id + " SKIPME no")).isEqualTo(":1\r\n");
    assertThat(admin.isClosedByServer()).isTrue();
  }

  @Test
  void whilePausedCommandsWaitAndKeepTheirOrder() {
    RespConnection client = node.connect();
    String id = idOf(client);
    admin.line("CLIENT PAUSE 60000 WRITE");
    client.send("SET", "a", "1").send("NO-SUCH-COMMAND").send("GET", "a");
    await().until(() -> field(id, "flags").equals("b"));
    assertThat(admin.line("CLIENT UNPAUSE")).isEqualTo("+OK\r\n");
    assertThat(client.read()).isEqualTo("+OK\r\n");
    assertThat(client.read()).startsWith("-ERR unknown command");
    assertThat(client.read()).isEqualTo("$1\r\n1\r\n");
    assertThat(field(id, "flags")).isEqualTo("N");
  }

  @Test
  void aPauseOfWritesLetsReadsPass() {
    RespConnection client = node.connect();
    admin.line("CLIENT PAUSE 60000 WRITE");
    assertThat(client.line("GET a")).isEqualTo("$-1\r\n");
    assertThat(client.line("SUBSCRIBE a")).startsWith("*3\r\n$9\r\nsubscribe");
    RespConnection publisher = node.connect();
    String id = idOf(publisher);
    publisher.send("PUBLISH", "a", "x");
    await().until(() -> field(id, "flags").equals("b"));
    assertThat(admin.text("INFO", "clients")).contains("blocked_clients:1\r\n");
    admin.line("CLIENT UNPAUSE");
    assertThat(publisher.read()).isEqualTo(":1\r\n");
  }

  @Test
  void aPauseOfAllCommandsEndsByItselfOrByUnpause() {
    admin.line("CLIENT PAUSE 30");
    assertThat(node.connect().line("PING")).isEqualTo("+PONG\r\n");
    admin.line("CLIENT PAUSE 60000");
    assertThat(node.connect().line("CLIENT UNPAUSE")).isEqualTo("+OK\r\n");
    assertThat(node.connect().line("PING")).isEqualTo("+PONG\r\n");
  }

  @Test
  void trackingAnswersAsOff() {
    assertThat(admin.line("CLIENT TRACKING OFF")).isEqualTo("+OK\r\n");
    assertThat(admin.line("CLIENT TRACKING ON"))
        .isEqualTo("-ERR CLIENT TRACKING ON is not supported by this server\r\n");
    assertThat(admin.reply("CLIENT", "TRACKINGINFO").field("redirect").text()).isEqualTo("-1");
    assertThat(admin.line("CLIENT CAPA redirect")).isEqualTo("+OK\r\n");
  }

  @Test
  void helpListsEachSubcommand() {
    assertThat(admin.texts("CLIENT", "HELP"))
        .startsWith("CLIENT <subcommand> [<arg> [value] [opt] ...]. Subcommands are:")
        .contains("SETNAME <connection-name>", "HELP");
  }
}
