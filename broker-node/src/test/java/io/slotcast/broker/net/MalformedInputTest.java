package io.slotcast.broker.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.slotcast.broker.RespConnection;
import io.slotcast.broker.SingleNode;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Nonsense on the client port: each connection ends, and the node goes on. */
class MalformedInputTest {
  private static final int CLIENTS = 400;

  /** Requests with a few bytes changed get far; the rest does not. */
  private static final List<String> REQUESTS =
      List.of(
          "*2\r\n$9\r\nSUBSCRIBE\r\n$4\r\nnews\r\n",
          "*3\r\n$7\r\nPUBLISH\r\n$4\r\nnews\r\n$5\r\nhello\r\n",
          "*2\r\n$10\r\nSSUBSCRIBE\r\n$4\r\nnews\r\n",
          "*3\r\n$8\r\nSPUBLISH\r\n$4\r\nnews\r\n$5\r\nhello\r\n",
          "*2\r\n$10\r\nPSUBSCRIBE\r\n$2\r\nn*\r\n",
          "*1\r\n$11\r\nUNSUBSCRIBE\r\n",
          "*2\r\n$5\r\nHELLO\r\n$1\r\n3\r\n",
          "*5\r\n$3\r\nSET\r\n$3\r\nkey\r\n$5\r\nvalue\r\n$2\r\nEX\r\n$2\r\n10\r\n",
          "*2\r\n$3\r\nGET\r\n$3\r\nkey\r\n",
          "*2\r\n$7\r\nCLUSTER\r\n$5\r\nSLOTS\r\n",
          "*3\r\n$6\r\nCLIENT\r\n$5\r\nREPLY\r\n$3\r\nOFF\r\n",
          "*4\r\n$8\r\nPEERLINK\r\n$1\r\n1\r\n$1\r\nx\r\n$1\r\nx\r\n",
          "PING hello\r\n",
          "COMMAND DOCS\r\n",
          "*1\r\n$5\r\nRESET\r\n");

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
  void everyConnectionEndsAndTheNodeServesOthersAllTheWhile() {
    RespConnection healthy = node.connect();
    Random random = new Random(5);
    for (int i = 0; i < CLIENTS; i++) {
      try (RespConnection client = RespConnection.to(node.port())) {
        client.sendRaw(nonsense(random)).endOutput();
        assertThat(client.readUntil("<never>")).as("nonsense number %d", i).endsWith("<closed>");
      }
      assertThat(healthy.line("PING")).isEqualTo("+PONG\r\n");
    }
    await()
        .untilAsserted(
            () -> assertThat(healthy.text("INFO", "clients")).contains("connected_clients:1\r\n"));
    assertThat(healthy.texts("PUBSUB", "CHANNELS")).isEmpty();
    assertThat(healthy.line("PUBSUB NUMPAT")).isEqualTo(":0\r\n");
    assertThat(healthy.texts("PUBSUB", "SHARDCHANNELS")).isEmpty();
  }

  private static String nonsense(Random random) {
    StringBuilder bytes = new StringBuilder();
    for (int i = random.nextInt(20); i >= 0; i--) {
      StringBuilder request = new StringBuilder(REQUESTS.get(random.nextInt(REQUESTS.size())));
      for (int k = random.nextInt(3); k > 0; k--) {
        int at = random.nextInt(request.length());
        request.setCharAt(at, (char) random.nextInt(256));
      }
      bytes.append(request);
    }
    return bytes.toString();
  }
}
