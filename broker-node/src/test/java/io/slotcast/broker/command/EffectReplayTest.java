package io.slotcast.broker.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.slotcast.broker.RespConnection;
import io.slotcast.broker.SingleNode;
import io.slotcast.broker.resp.GrowingSink;
import io.slotcast.broker.resp.RespWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
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
      KeyContents.awaitWhatIsDue(source);
      copy.repeat(requests());
      RespConnection target = copy.connect();
      assertThat(effects).hasSizeGreaterThan(STEPS / 4);
      assertThat(KeyContents.keys(source).stream().map(key -> source.text("TYPE", key)))
          .as("seed %d", seed)
          .contains("string", "list", "set", "hash", "zset", "stream");
      for (String key : KeyContents.keys(source)) {
        assertThat(KeyContents.content(target, key))
            .as(() -> "seed " + seed + ", key " + key + ", after\n" + effectsOn(key))
            .isEqualTo(KeyContents.content(source, key));
      }
      assertThat(KeyContents.keys(target)).as("seed %d", seed).isEqualTo(KeyContents.keys(source));
    }
  }

  /** The effects as they lie in a journal. */
  private byte[] requests() {
    GrowingSink requests = new GrowingSink(64 * 1024);
    RespWriter writer = new RespWriter(requests, false);
    for (String[] words : List.copyOf(effects)) {
      writer.array(words.length);
      for (String word : words) {
        writer.bulk(word.getBytes(StandardCharsets.ISO_8859_1));
      }
    }
    return requests.toBytes();
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
