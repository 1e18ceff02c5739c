package io.slotcast.broker.command;

import static org.assertj.core.api.Assertions.assertThat;

import io.slotcast.broker.RespConnection;
import io.slotcast.broker.ShardNodes;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Random writes to keys of all types on a primary whose replica is cut off, restarted and promoted
 * meanwhile: in the end both have the same keys.
 */
class RandomReplicationTest {
  private static final int STEPS = 3_000;

  @ParameterizedTest
  @ValueSource(longs = {1, 2})
  void theReplicaHasThePrimarysKeys(long seed) {
    try (ShardNodes nodes = ShardNodes.of(2)) {
      RandomWrites writes = new RandomWrites(seed);
      int primary = 0;
      RespConnection client = nodes.connect(primary);
      for (int i = 0; i < STEPS; i++) {
        int event = writes.random().nextInt(400);
        if (event == 0) {
          nodes.breakLinks(primary);
        } else if (event == 1) {
          nodes.stop(1 - primary);
          nodes.start(1 - primary);
        } else if (event == 2) {
          nodes.awaitInSync(primary, 1 - primary);
          primary = 1 - primary;
          nodes.promote(primary);
          client = nodes.connect(primary);
        } else if (event < 20) {
          client.call("MULTI");
          for (int j = writes.random().nextInt(5); j >= 0; j--) {
            client.call(writes.next());
          }
          client.call("EXEC");
        } else {
          client.call(writes.next());
        }
      }
      KeyContents.awaitWhatIsDue(client);
      nodes.awaitInSync(primary, 1 - primary);
      RespConnection replica = nodes.reader(1 - primary);
      assertThat(KeyContents.keys(replica)).hasSizeGreaterThan(10);
      for (String key : KeyContents.keys(client)) {
        assertThat(KeyContents.content(replica, key))
            .as("seed %d, key %s", seed, key)
            .isEqualTo(KeyContents.content(client, key));
      }
      assertThat(KeyContents.keys(replica)).isEqualTo(KeyContents.keys(client));
      assertThat(nodes.info(0) + nodes.info(1)).doesNotContain("unexpected_error_replies:1");
    }
  }
}
