package io.slotcast.broker.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.slotcast.broker.Reply;
import io.slotcast.broker.RespConnection;
import io.slotcast.broker.SingleNode;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Walks over many slots; what a step replies is the oracle's. */
class ScanTest {
  private static SingleNode node;
  private RespConnection connection;

  @BeforeAll
  static void start() {
    node = SingleNode.start();
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @BeforeEach
  void empty() {
    connection = node.connect();
    connection.line("FLUSHALL");
  }

  @Test
  void aKeyThatIsThereAllThroughIsMetThoughOthersComeAndGo() {
    for (int i = 0; i < 500; i++) {
      connection.call("SET", "stays:" + i, "v");
      connection.call("SET", "{one}stays:" + i, "v");
    }
    Set<String> met = new HashSet<>();
    String cursor = "0";
    int step = 0;
    do {
      Reply reply = connection.reply("SCAN", cursor, "COUNT", "7", "MATCH", "*stays*");
      cursor = reply.elements().get(0).text();
      reply.elements().get(1).elements().forEach(key -> met.add(key.text()));
      for (int i = 0; i < 10; i++) {
        connection.call("SET", "{one}comes:" + step + ":" + i, "v");
        connection.call("DEL", "{one}comes:" + (step - 20) + ":" + i);
      }
      step++;
    } while (!cursor.equals("0"));
    assertThat(met).hasSize(1_000);
  }

  @Test
  void keysThatHaveExpiredAreNotShown() {
    connection.line("SET past v PXAT 1");
    connection.line("SET there v");
    assertThat(connection.texts("KEYS", "*")).isEqualTo(List.of("there"));
    assertThat(connection.reply("SCAN", "0", "COUNT", "100").elements().get(1).elements())
        .hasSize(1);
    for (int i = 0; i < 20; i++) {
      assertThat(connection.text("RANDOMKEY")).isEqualTo("there");
    }
  }

  @Test
  void everyKeyMayBeDrawn() {
    Set<String> drawn = new HashSet<>();
    for (int i = 0; i < 20; i++) {
      connection.call("SET", "key:" + i, "v");
    }
    for (int i = 0; i < 10_000 && drawn.size() < 20; i++) {
      drawn.add(connection.text("RANDOMKEY"));
    }
    assertThat(drawn).hasSize(20);
  }
}
