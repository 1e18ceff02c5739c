package io.slotcast.broker.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.slotcast.broker.OracleNode;
import io.slotcast.broker.RespConnection;
import io.slotcast.broker.SingleNode;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Bytes sent as they stand to a real redis-server and to a node of ours: the order in which a
 * request is checked, and what becomes of bytes that are no request. Both have a password.
 */
@TestInstance(Lifecycle.PER_CLASS)
class ProtocolOracleTest {
  private static final String PASSWORD = "secret";
  private static final String MARK = "*2\r\n$4\r\nPING\r\n$4\r\nmark\r\n";

  private OracleNode redis;
  private SingleNode node;

  @BeforeAll
  void start(@TempDir Path folder) {
    assumeThat(OracleNode.isInstalled()).isTrue();
    redis = OracleNode.start(folder);
    node = SingleNode.start("--cluster-secret", "of-the-nodes");
    redis.connect().line("CONFIG SET requirepass " + PASSWORD);
    node.connect().line("CONFIG SET requirepass " + PASSWORD);
  }

  @AfterAll
  void stop() {
    if (redis != null) {
      redis.close();
      node.close();
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "\r\n\r\n\n",
        "*0\r\n*-1\r\n*-5\r\n",
        "PING\r\n",
        "PING\n",
        "  ping   a  \r\n",
        "ping \"a b\" \r\nping 'it\\'s'\r\nping \"\\x41\\n\\t\\\\\"\r\n\"PING\" \"\"\r\n",
        "*1\r\n$4\r\nPING\r\n*2\r\n$4\r\nping\r\n$0\r\n\r\n",
        "*1\r\n$0\r\n\r\n",
        "foo\r\nfoo bar\r\nFoO bar  baz\r\n",
        "*3\r\n$3\r\nfoo\r\n$3\r\na\r\n\r\n$1\r\nb\r\n",
        "*2\r\n$3\r\nf\r\n\r\n$1\r\nb\r\n",
        "client\r\nclient foo\r\nclient fo\"o\r\nGET\r\nGET a b\r\nSET a\r\n",
        "GET a\r\nSET a b\r\nDEL a\r\n",
        // A slot that the one node owns: CROSSSLOT comes from the router all the same.
        "DEL a b\r\nSUNSUBSCRIBE a b\r\nSSUBSCRIBE a b\r\n",
        // RESP2's subscribed mode; the route is checked before it.
        "SUBSCRIBE a\r\nGET a\r\nfoo\r\nGET\r\nPING\r\nPING x\r\nDEL a b\r\nCLIENT GETNAME\r\n",
        "SUBSCRIBE a\r\nPUBSUB CHANNELS\r\nCLIENT FOO\r\nPSUBSCRIBE b\r\nUNSUBSCRIBE\r\nGET a\r\n",
        "SSUBSCRIBE a\r\nGET a\r\nSPUBLISH a b\r\nSUNSUBSCRIBE\r\n",
        "UNSUBSCRIBE\r\nPUNSUBSCRIBE a\r\nSUNSUBSCRIBE\r\n",
        "SUBSCRIBE a\r\nRESET\r\nAUTH secret\r\nGET a\r\n",
        "HELLO 3\r\nSUBSCRIBE a\r\nGET a\r\nPING\r\nPUBLISH a b\r\nHELLO 2\r\nUNSUBSCRIBE\r\n",
        // What is not answered.
        "CLIENT REPLY OFF\r\nPING\r\nfoo\r\nGET\r\nCLIENT REPLY ON\r\n",
        "CLIENT REPLY SKIP\r\nPING a\r\nPING b\r\n",
        "CLIENT REPLY SKIP\r\nfoo\r\nPING b\r\n",
        "CLIENT REPLY SKIP\r\nGET\r\nPING b\r\n",
        "CLIENT REPLY SKIP\r\nCLIENT REPLY SKIP\r\nPING a\r\nPING b\r\n",
        "CLIENT REPLY OFF\r\nCLIENT REPLY SKIP\r\nPING a\r\nCLIENT REPLY ON\r\nPING b\r\n",
        "CLIENT REPLY SKIP\r\nCLIENT REPLY ON\r\nPING b\r\n",
        "CLIENT REPLY OFF\r\nRESET\r\nAUTH secret\r\n",
        "HELLO 3\r\nCLIENT GETNAME\r\nHELLO 2\r\nCLIENT GETNAME\r\n",
      })
  void aClientThatHasAuthenticated(String bytes) {
    assertThat(after("AUTH secret\r\n", bytes, node.connect()))
        .isEqualTo(after("AUTH secret\r\n", bytes, redis.connect()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PING\r\nGET a\r\nGET\r\nfoo\r\nclient foo\r\nCLIENT GETNAME\r\nSUBSCRIBE a\r\nCOMMAND\r\n",
        "DEL a b\r\nHELLO\r\nHELLO 3\r\nHELLO 9\r\nHELLO 3 foo\r\nRESET\r\nPING\r\n",
        "HELLO 3 SETNAME me\r\nAUTH secret\r\nCLIENT GETNAME\r\n",
        "HELLO 3 AUTH default wrong\r\nHELLO 3 AUTH default secret SETNAME me\r\nCLIENT GETNAME\r\n",
        "AUTH wrong\r\nAUTH default wrong\r\nAUTH nobody secret\r\nAUTH a b c\r\nAUTH\r\n",
        "AUTH default secret\r\nPING\r\nAUTH wrong\r\nPING\r\nRESET\r\nPING\r\n",
        "CLIENT REPLY OFF\r\nPING\r\nASKING\r\nREADONLY\r\n",
      })
  void aClientThatHasNot(String bytes) {
    assertThat(after("", bytes + "AUTH secret\r\n", node.connect()))
        .isEqualTo(after("", bytes + "AUTH secret\r\n", redis.connect()));
  }

  /** Names and arguments that are quoted in part. */
  static Stream<String> unknownCommands() {
    String longWord = "x".repeat(200);
    return Stream.of(
        longWord + "\r\n",
        "foo " + longWord + " a\r\n",
        "foo " + "abcdefg ".repeat(40) + "\r\n",
        "foo " + "a ".repeat(60) + longWord + "\r\n",
        "client " + longWord + "\r\n",
        "*2\r\n$3\r\nf\0o\r\n$3\r\na\0b\r\n",
        "*2\r\n$6\r\nclient\r\n$3\r\na\0b\r\n",
        "*2\r\n$2\r\n\u00ff\u0080\r\n$3\r\na\tb\r\n");
  }

  @ParameterizedTest
  @MethodSource("unknownCommands")
  void anUnknownCommand(String bytes) {
    assertThat(after("AUTH secret\r\n", bytes, node.connect()))
        .isEqualTo(after("AUTH secret\r\n", bytes, redis.connect()));
  }

  /** What makes the server close the connection once it has told why. */
  static Stream<String> protocolErrors() {
    return Stream.of(
        "*a\r\n",
        "*\r\n",
        "* 1\r\n",
        "*2147483648\r\n",
        "*9999999999999999999999\r\n",
        "*" + "1".repeat(70_000),
        "*1\r\n+PING\r\n",
        "*1\r\nPING\r\n",
        "*2\r\n$4\r\nPING\r\n*1\r\n",
        "*1\r\n$-1\r\n",
        "*1\r\n$a\r\n",
        "*1\r\n$\r\n",
        "*1\r\n$4a\r\nPING\r\n",
        "*1\r\n$+4\r\nPING\r\n",
        "*1\r\n$536870913\r\n",
        "*1\r\n$99999999999999\r\n",
        "*1\r\n$" + "1".repeat(70_000),
        "PING \"a\r\n",
        "PING 'a\r\n",
        "PING \"a\"b\r\n",
        "a".repeat(70_000),
        "PING\r\n*a\r\n",
        "SUBSCRIBE a\r\n*a\r\n",
        "HELLO 3\r\n*a\r\n",
        "CLIENT REPLY OFF\r\n*a\r\n",
        "QUIT\r\n",
        "quit a\r\n",
        "SUBSCRIBE a\r\nQUIT\r\n",
        "POST / HTTP/1.1\r\n",
        "GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n");
  }

  @ParameterizedTest
  @MethodSource("protocolErrors")
  void anEnd(String bytes) {
    assertThat(end("AUTH secret\r\n" + bytes, node.connect()))
        .isEqualTo(end("AUTH secret\r\n" + bytes, redis.connect()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"*11\r\n", "*1\r\n$16385\r\n", "*a\r\n", "PING\r\n*11\r\n", "QUIT\r\n"})
  void anEndBeforeAuthentication(String bytes) {
    assertThat(end(bytes, node.connect())).isEqualTo(end(bytes, redis.connect()));
  }

  private static String after(String before, String bytes, RespConnection connection) {
    try (connection) {
      connection.sendRaw(before + bytes + MARK);
      return withoutIdentity(connection.readUntil("$4\r\nmark\r\n"));
    }
  }

  private static String end(String bytes, RespConnection connection) {
    try (connection) {
      return withoutIdentity(connection.sendRaw(bytes).readUntil("<never>"));
    }
  }

  /** Without HELLO's version and client id; an error text of it is that of Redis 7.2 and later. */
  private static String withoutIdentity(String replies) {
    return replies
        .replace("the HELLO <proto> AUTH", "the HELLO AUTH")
        .replaceAll("\\$2\r\nid\r\n:\\d+", "id")
        .replaceAll("\\$\\d+\r\n7\\.\\d+\\.\\d+", "version");
  }
}
