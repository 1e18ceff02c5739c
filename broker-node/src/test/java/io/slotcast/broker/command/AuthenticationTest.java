package io.slotcast.broker.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.slotcast.broker.RespConnection;
import io.slotcast.broker.SingleNode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** {@code requirepass} at the start and at run time. */
class AuthenticationTest {
  private static final String NOAUTH = "-NOAUTH Authentication required.\r\n";
  private static final String WRONGPASS =
      "-WRONGPASS invalid username-password pair or user is disabled.\r\n";

  /** In UTF-8, whose bytes the test connection sends as characters. */
  private static final String PASSWORD = "s\u00c3\u00a9cret";

  private SingleNode node;

  @BeforeEach
  void start() {
    node = SingleNode.start("--requirepass", "sécret", "--cluster-secret", "of-the-nodes");
  }

  @AfterEach
  void stop() {
    node.close();
  }

  private RespConnection authenticated() {
    RespConnection client = node.connect();
    assertThat(client.call("AUTH", PASSWORD)).isEqualTo("+OK\r\n");
    return client;
  }

  @Test
  void nothingButIntroductionsIsAnsweredBeforeAuth() {
    RespConnection client = node.connect();
    assertThat(client.line("PING")).isEqualTo(NOAUTH);
    assertThat(client.line("SUBSCRIBE a")).isEqualTo(NOAUTH);
    assertThat(client.line("CLIENT LIST")).isEqualTo(NOAUTH);
    assertThat(client.line("AUTH secret")).isEqualTo(WRONGPASS);
    assertThat(client.line("AUTH default ")).isEqualTo(WRONGPASS);
    assertThat(client.call("AUTH", "default", PASSWORD)).isEqualTo("+OK\r\n");
    assertThat(client.line("PING")).isEqualTo("+PONG\r\n");
  }

  @Test
  void helloAuthenticatesAndChoosesTheProtocolAtOnce() {
    RespConnection client = node.connect();
    assertThat(client.line("HELLO 3")).startsWith("-NOAUTH HELLO must be called");
    assertThat(client.line("HELLO 3 AUTH default x")).isEqualTo(WRONGPASS);
    assertThat(client.call("HELLO", "3", "AUTH", "default", PASSWORD)).startsWith("%7\r\n");
    assertThat(client.line("PING")).isEqualTo("+PONG\r\n");
  }

  @Test
  void resetTakesTheUserAway() {
    RespConnection client = authenticated();
    assertThat(client.line("RESET")).isEqualTo("+RESET\r\n");
    assertThat(client.line("PING")).isEqualTo(NOAUTH);
  }

  @Test
  void aPasswordSetLaterIsForNewConnections() {
    RespConnection admin = authenticated();
    admin.call("CONFIG", "SET", "requirepass", "");
    RespConnection early = node.connect();
    assertThat(early.line("PING")).isEqualTo("+PONG\r\n");
    assertThat(early.line("AUTH x")).startsWith("-ERR AUTH <password> called without any password");
    admin.call("CONFIG", "SET", "requirepass", "other");
    assertThat(early.line("PING")).isEqualTo("+PONG\r\n");
    RespConnection late = node.connect();
    assertThat(late.line("PING")).isEqualTo(NOAUTH);
    assertThat(late.line("AUTH other")).isEqualTo("+OK\r\n");
    assertThat(admin.line("CONFIG GET requirepass"))
        .isEqualTo("*2\r\n$11\r\nrequirepass\r\n$5\r\nother\r\n");
  }

  @Test
  void aPasswordTakenAwayLetsThoseInWhoWait() {
    RespConnection waiting = node.connect();
    assertThat(waiting.line("PING")).isEqualTo(NOAUTH);
    authenticated().call("CONFIG", "SET", "requirepass", "");
    assertThat(waiting.line("PING")).isEqualTo("+PONG\r\n");
  }

  @Test
  void refusedPasswordsAreCounted() {
    RespConnection client = node.connect();
    client.line("AUTH a");
    client.line("HELLO 2 AUTH default b");
    assertThat(authenticated().text("INFO", "stats")).contains("acl_access_denied_auth:2\r\n");
  }

  @Test
  void largeRequestsWaitForAuth() {
    assertThat(node.connect().sendRaw("*11\r\n").readUntil("<never>"))
        .isEqualTo("-ERR Protocol error: unauthenticated multibulk length\r\n<closed>");
    assertThat(node.connect().sendRaw("*1\r\n$16385\r\n").readUntil("<never>"))
        .isEqualTo("-ERR Protocol error: unauthenticated bulk length\r\n<closed>");
    RespConnection client = authenticated();
    assertThat(client.call("ECHO", "x".repeat(20_000))).startsWith("$20000\r\n");
  }
}
