package io.slotcast.broker.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.slotcast.broker.Reply;
import io.slotcast.broker.RespConnection;
import io.slotcast.broker.SingleNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What clients send when they connect. */
class HandshakeTest {
  private static SingleNode node;

  @BeforeAll
  static void start() {
    node = SingleNode.start();
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @Test
  void hello3SwitchesToResp3AndAnswersAMapInIt() {
    RespConnection client = node.connect();
    Reply hello = client.reply("HELLO", "3", "SETNAME", "tour");
    assertThat(hello.type()).isEqualTo('%');
    assertThat(hello.asMap().keySet())
        .containsExactly("server", "version", "proto", "id", "mode", "role", "modules");
    assertThat(hello.field("server").text()).isEqualTo("redis");
    assertThat(hello.field("proto").text()).isEqualTo("3");
    assertThat(hello.field("id").type()).isEqualTo(':');
    assertThat(hello.field("mode").text()).isEqualTo("cluster");
    assertThat(hello.field("role").text()).isEqualTo("master");
    assertThat(client.call("CLIENT", "GETNAME")).isEqualTo("$4\r\ntour\r\n");
  }

  @Test
  void helloWithoutAVersionKeepsTheProtocol() {
    RespConnection client = node.connect();
    assertThat(client.reply("HELLO").type()).isEqualTo('*');
    client.call("HELLO", "3");
    assertThat(client.reply("HELLO").type()).isEqualTo('%');
    assertThat(client.reply("HELLO", "2").type()).isEqualTo('*');
  }

  @Test
  void aFailedHelloLeavesTheProtocolAsItWas() {
    RespConnection client = node.connect();
    assertThat(client.line("HELLO 4")).isEqualTo("-NOPROTO unsupported protocol version\r\n");
    assertThat(client.line("HELLO a"))
        .isEqualTo("-ERR Protocol version is not an integer or out of range\r\n");
    assertThat(client.line("HELLO 3 AUTH default"))
        .isEqualTo("-ERR Syntax error in HELLO option 'AUTH'\r\n");
    assertThat(client.line("HELLO 3 AUTH nobody x"))
        .isEqualTo("-WRONGPASS invalid username-password pair or user is disabled.\r\n");
    assertThat(client.line("HELLO 3 SETNAME a\nb"))
        .isEqualTo("-ERR Client names cannot contain spaces, newlines or special characters.\r\n");
    assertThat(client.line("CLIENT GETNAME")).isEqualTo("$-1\r\n");
  }

  @Test
  void aMiniatureSessionOfAClientLibrary() {
    RespConnection client = node.connect();
    assertThat(client.line("CLIENT SETINFO LIB-NAME jedis")).isEqualTo("+OK\r\n");
    assertThat(client.line("CLIENT SETINFO lib-ver 8.0.2")).isEqualTo("+OK\r\n");
    assertThat(client.line("CLIENT MAINT_NOTIFICATIONS ON"))
        .isEqualTo("-ERR unknown subcommand 'MAINT_NOTIFICATIONS'. Try CLIENT HELP.\r\n");
    assertThat(client.line("SELECT 0")).isEqualTo("+OK\r\n");
    assertThat(client.line("SELECT 1")).isEqualTo("-ERR SELECT is not allowed in cluster mode\r\n");
    assertThat(client.line("READONLY")).isEqualTo("+OK\r\n");
    assertThat(client.line("READWRITE")).isEqualTo("+OK\r\n");
    assertThat(client.line("ECHO hi")).isEqualTo("$2\r\nhi\r\n");
    assertThat(client.text("CLIENT", "INFO"))
        .matches(
            "id=\\d+ addr=127.0.0.1:"
                + client.localPort()
                + " laddr=127.0.0.1:"
                + node.port()
                + " fd=-?\\d+ name= age=0 idle=0 flags=N db=0 sub=0 psub=0 ssub=0"
                + " multi=-1 watch=0 .* cmd=client\\|info user=default redir=-1 resp=2"
                + " lib-name=jedis lib-ver=8.0.2\n");
    assertThat(client.line("QUIT")).isEqualTo("+OK\r\n");
    assertThat(client.isClosedByServer()).isTrue();
  }

  @Test
  void resetUndoesWhatTheConnectionSet() {
    RespConnection client = node.connect();
    client.call("HELLO", "3", "SETNAME", "gone");
    client.call("SUBSCRIBE", "news");
    assertThat(client.line("RESET")).isEqualTo("+RESET\r\n");
    assertThat(client.line("CLIENT GETNAME")).isEqualTo("$-1\r\n");
    assertThat(client.line("PUBSUB NUMSUB news")).isEqualTo("*2\r\n$4\r\nnews\r\n:0\r\n");
  }
}
