package io.slotcast.broker.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.slotcast.broker.RespConnection;
import io.slotcast.broker.SingleNode;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** SLOWLOG, MONITOR and LATENCY HISTOGRAM, with clients on two event loops. */
class ObservationTest {
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

  // ---- SLOWLOG ----

  @Test
  void slowCommandsAreListedTheNewestFirst() {
    admin.call("CLIENT", "SETNAME", "me");
    admin.call("CONFIG", "SET", "slowlog-log-slower-than", "0");
    admin.call("SET", "{t}a", "1");
    admin.call("GET", "{t}a");

    assertThat(admin.call("SLOWLOG", "GET", "2"))
        .matches(
            "(?s)\\*2\\r\\n\\*6\\r\\n:2\\r\\n:\\d+\\r\\n:\\d+\\r\\n"
                + "\\*2\\r\\n\\$3\\r\\nGET\\r\\n\\$4\\r\\n\\{t\\}a\\r\\n"
                + "\\$\\d+\\r\\n127.0.0.1:\\d+\\r\\n\\$2\\r\\nme\\r\\n"
                + "\\*6\\r\\n:1\\r\\n.*SET.*");
    assertThat(admin.call("SLOWLOG", "RESET")).isEqualTo("+OK\r\n");
    assertThat(admin.call("SLOWLOG", "LEN")).as("the RESET itself").isEqualTo(":1\r\n");
  }

  @Test
  void fastCommandsAreNotListedNorAnyWithMinusOne() {
    admin.call("SET", "a", "1");
    assertThat(admin.call("SLOWLOG", "LEN")).isEqualTo(":0\r\n");
    admin.call("CONFIG", "SET", "slowlog-log-slower-than", "-1");
    admin.call("SET", "a", "1");
    assertThat(admin.call("SLOWLOG", "LEN")).isEqualTo(":0\r\n");
  }

  @Test
  void noMoreThanTheMostAreKept() {
    admin.call("CONFIG", "SET", "slowlog-max-len", "3");
    admin.call("CONFIG", "SET", "slowlog-log-slower-than", "0");
    for (int i = 0; i < 10; i++) {
      admin.call("GET", "a");
    }
    assertThat(admin.call("SLOWLOG", "LEN")).isEqualTo(":3\r\n");
    assertThat(admin.call("SLOWLOG", "GET", "-1")).startsWith("*3\r\n");
  }

  @Test
  void longRequestsAreCutAndSecretsAreNotShown() {
    admin.call("CONFIG", "SET", "slowlog-log-slower-than", "0");
    String[] push = new String[42];
    push[0] = "RPUSH";
    for (int i = 1; i < push.length; i++) {
      push[i] = "l";
    }
    admin.call(push);
    assertThat(admin.call("SLOWLOG", "GET", "1"))
        .contains("*32\r\n")
        .contains("... (11 more arguments)");
    admin.call("SET", "a", "x".repeat(200));
    assertThat(admin.call("SLOWLOG", "GET", "1"))
        .contains("x".repeat(128) + "... (72 more bytes)\r\n");
    admin.call("AUTH", "somebody", "swordfish");
    admin.call("HELLO", "2", "AUTH", "default", "swordfish");
    admin.call("CONFIG", "SET", "masterauth", "swordfish", "timeout", "100");
    assertThat(admin.call("SLOWLOG", "GET"))
        .doesNotContain("swordfish")
        .doesNotContain("somebody")
        .contains("(redacted)")
        .contains("timeout\r\n$3\r\n100\r\n");
  }

  @Test
  void badCountsAreRefused() {
    for (String count : List.of("-2", "x", "9223372036854775808")) {
      assertThat(admin.call("SLOWLOG", "GET", count))
          .isEqualTo("-ERR count should be greater than or equal to -1\r\n");
    }
    assertThat(admin.call("SLOWLOG", "GET", "1", "2"))
        .isEqualTo(
            "-ERR unknown subcommand or wrong number of arguments for 'GET'. Try SLOWLOG"
                + " HELP.\r\n");
  }

  // ---- MONITOR ----

  @Test
  void aMonitorSeesWhatAllClientsRunButNoAdministrationAndNoSecrets() {
    List<RespConnection> monitors = List.of(node.connect(), node.connect());
    monitors.forEach(each -> assertThat(each.call("MONITOR")).isEqualTo("+OK\r\n"));
    RespConnection client = node.connect();

    client.call("SET", "a", "b\u0001\"q\n");
    client.call("CONFIG", "GET", "port");
    client.call("GET");
    client.call("AUTH", "somebody", "swordfish");
    client.call("MULTI");
    client.call("INCR", "n");
    client.call("EXEC");

    for (RespConnection monitor : monitors) {
      String time = "\\+\\d{10}\\.\\d{6} \\[0 127\\.0\\.0\\.1:\\d+\\] ";
      assertThat(monitor.read().strip()).matches(time + "\"SET\" \"a\" \"b\\\\x01\\\\\"q\\\\n\"");
      assertThat(monitor.read().strip())
          .matches(time + "\"AUTH\" \"\\(redacted\\)\" \"\\(redacted\\)\"");
      assertThat(monitor.read().strip()).matches(time + "\"MULTI\"");
      assertThat(monitor.read().strip()).matches(time + "\"INCR\" \"n\"");
      assertThat(monitor.read().strip()).matches(time + "\"EXEC\"");
    }
  }

  @Test
  void resetEndsMonitoringAndAClosedMonitorIsForgotten() {
    RespConnection monitor = node.connect();
    monitor.call("MONITOR");
    assertThat(admin.text("CLIENT", "LIST")).contains(" flags=O ");
    assertThat(monitor.call("RESET")).isEqualTo("+RESET\r\n");
    admin.call("SET", "a", "1");
    assertThat(monitor.call("ECHO", "next")).isEqualTo("$4\r\nnext\r\n");

    monitor.call("MONITOR");
    monitor.close();
    await().until(() -> !admin.text("CLIENT", "LIST").contains(" flags=O "));
    assertThat(admin.call("GET", "a")).isEqualTo("$1\r\n1\r\n");
  }

  @Test
  void withinATransactionThereIsNoMonitoring() {
    admin.call("MULTI");
    admin.call("MONITOR");
    assertThat(admin.call("EXEC"))
        .isEqualTo("*1\r\n-ERR MONITOR isn't allowed for DENY BLOCKING client\r\n");
  }

  // ---- LATENCY ----

  @Test
  void aHistogramCountsCallsUpToATime() {
    for (int i = 0; i < 5; i++) {
      admin.call("SET", "a", "1");
    }
    admin.call("HELLO", "3");
    String histogram = admin.call("LATENCY", "HISTOGRAM", "SET", "nosuch", "get");
    assertThat(histogram)
        .startsWith("%1\r\n$3\r\nset\r\n%2\r\n$5\r\ncalls\r\n:5\r\n$14\r\nhistogram_usec\r\n%")
        .endsWith(":5\r\n");
    assertThat(admin.call("LATENCY", "HISTOGRAM", "client")).isEqualTo("%0\r\n");
    assertThat(admin.call("LATENCY", "HISTOGRAM")).contains("$5\r\nhello\r\n").contains("set\r\n");
    assertThat(admin.call("LATENCY", "HISTOGRAM", "LATENCY"))
        .startsWith("%1\r\n$17\r\nlatency|histogram\r\n");
  }
}
