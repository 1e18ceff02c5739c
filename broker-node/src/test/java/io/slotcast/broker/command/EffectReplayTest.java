package io.slotcast.broker.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.slotcast.broker.Reply;
import io.slotcast.broker.RespConnection;
import io.slotcast.broker.SingleNode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A random run of writes to keys of all types, transactions and waiting clients among them: its
 * effects make the same keys on an empty node. What a replica would be sent is what there is.
 */
class EffectReplayTest {
  private static final int STEPS = 2_500;

  /** Words of an effect; several loops and the timer record. */
  private final List<String[]> effects = Collections.synchronizedList(new ArrayList<>());

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void theEffectsOfARandomRunGiveTheSameKeys(long seed) {
    try (SingleNode node = SingleNode.start();
        SingleNode copy = SingleNode.start()) {
      node.recordEffects((slot, words) -> effects.add(texts(words)));
      run(node, new RandomWrites(seed));
      RespConnection source = node.connect();
      awaitWhatIsDue(source);
      RespConnection target = copy.connect();
      replay(target, seed);
      assertThat(effects).hasSizeGreaterThan(STEPS / 4);
      assertThat(keys(source).stream().map(key -> source.text("TYPE", key)))
          .as("seed %d", seed)
          .contains("string", "list", "set", "hash", "zset", "stream");
      for (String key : keys(source)) {
        assertThat(content(target, key))
            .as(() -> "seed " + seed + ", key " + key + ", after\n" + effectsOn(key))
            .isEqualTo(content(source, key));
      }
      assertThat(keys(target)).as("seed %d", seed).isEqualTo(keys(source));
    }
  }

  /**
   * In one transaction, for the copy may write: its own timer is to do nothing in between, as that
   * of a replica never does. Transactions among the effects are part of it.
   */
  private void replay(RespConnection target, long seed) {
    List<String[]> replayed =
        List.copyOf(effects).stream()
            .filter(words -> !List.of("MULTI", "EXEC").contains(words[0]))
            .toList();
    target.call("MULTI");
    for (String[] words : replayed) {
      assertThat(target.call(words)).isEqualTo("+QUEUED\r\n");
    }
    List<Reply> replies = target.reply("EXEC").elements();
    for (int i = 0; i < replies.size(); i++) {
      assertThat(replies.get(i).isError())
          .as("seed %d: %s: %s", seed, String.join(" ", replayed.get(i)), replies.get(i).text())
          .isFalse();
    }
  }

  /** No delayed entry is due within the next minutes. */
  private static void awaitWhatIsDue(RespConnection connection) {
    long soon = System.currentTimeMillis() + 300_000;
    for (String key : keys(connection)) {
      await()
          .until(
              () -> {
                Map<String, Reply> info = connection.reply("XINFO", "STREAM", key).asMap();
                Reply due = info.get("next-due");
                return due == null || Long.parseLong(due.text()) > soon;
              });
    }
  }

  private static String[] texts(byte[][] words) {
    return Stream.of(words)
        .map(word -> new String(word, StandardCharsets.ISO_8859_1))
        .toArray(String[]::new);
  }

  // ---- The run ----

  private static void run(SingleNode node, RandomWrites writes) {
    RespConnection client = node.connect();
    RespConnection waiting = node.connect();
    boolean waits = false;
    for (int i = 0; i < STEPS; i++) {
      if (!waits && writes.random().nextInt(20) == 0) {
        waiting.send(waitingCommand(writes.random().nextInt(4)));
        waits = true;
      } else if (waits && writes.random().nextInt(10) == 0) {
        waiting.read();
        waits = false;
      }
      if (writes.random().nextInt(15) == 0) {
        client.call("MULTI");
        for (int j = writes.random().nextInt(5); j >= 0; j--) {
          client.call(writes.next());
        }
        client.call("EXEC");
      } else {
        client.call(writes.next());
      }
    }
    if (waits) {
      waiting.read();
    }
  }

  private static String[] waitingCommand(int kind) {
    String command =
        switch (kind) {
          case 0 -> "BLPOP {k}l0 {k}l1 {k}l2 {k}l3 0.02";
          case 1 -> "BLMOVE {k}l1 {k}l2 LEFT RIGHT 0.02";
          case 2 -> "BZPOPMIN {k}z0 {k}z1 0.02";
          default -> "XREADGROUP GROUP g w COUNT 2 BLOCK 20 CLAIM 5 STREAMS {k}x0 >";
        };
    return command.split(" ");
  }

  // ---- What there is ----

  private static List<String> keys(RespConnection connection) {
    return connection.texts("KEYS", "*").stream().sorted().toList();
  }

  private static String content(RespConnection connection, String key) {
    String type = connection.text("TYPE", key);
    String value =
        switch (type) {
          case "string" -> connection.call("GET", key);
          case "list" -> connection.call("LRANGE", key, "0", "-1");
          case "set" -> connection.texts("SMEMBERS", key).stream().sorted().toList().toString();
          case "hash" -> hash(connection, key);
          case "zset" -> connection.call("ZRANGE", key, "0", "-1", "WITHSCORES");
          case "stream" -> stream(connection, key);
          default -> "";
        };
    return type + " until " + connection.text("PEXPIRETIME", key) + "\n" + value;
  }

  private static String hash(RespConnection connection, String key) {
    Map<String, Reply> fields = new TreeMap<>(connection.reply("HGETALL", key).asMap());
    List<String> times = new ArrayList<>(List.of("HPEXPIRETIME", key, "FIELDS"));
    times.add(Integer.toString(fields.size()));
    times.addAll(fields.keySet());
    return fields + " until " + connection.texts(times.toArray(String[]::new));
  }

  /** When consumers asked, and how often producers came again, is each node's own knowledge. */
  private static String stream(RespConnection connection, String key) {
    String groups =
        connection.reply("XINFO", "GROUPS", key).elements().stream()
            .map(Reply::toString)
            .toList()
            .toString();
    return connection
            .call("XINFO", "STREAM", key, "FULL", "COUNT", "0")
            .replaceAll("seen-time\r\n:\\d+", "seen-time")
            .replaceAll("iids-duplicates\r\n:\\d+", "iids-duplicates")
        + groups;
  }

  private String effectsOn(String key) {
    List<String> lines = new ArrayList<>();
    for (String[] words : List.copyOf(effects)) {
      if (List.of(words).contains(key)) {
        lines.add(String.join(" ", words));
      }
    }
    return String.join("\n", lines.subList(Math.max(lines.size() - 40, 0), lines.size()));
  }
}
