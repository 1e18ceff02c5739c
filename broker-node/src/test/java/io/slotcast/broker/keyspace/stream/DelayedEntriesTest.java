package io.slotcast.broker.keyspace.stream;

import static org.assertj.core.api.Assertions.assertThat;

import io.slotcast.broker.keyspace.DueChange;
import io.slotcast.broker.keyspace.Value;
import io.slotcast.broker.resp.Request;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Delayed entries with a clock that the test turns. */
class DelayedEntriesTest {
  private static final NodeLimits USUAL = new NodeLimits(() -> 4096, () -> 100);
  private static final byte[] KEY = {'s'};

  private final StreamValue stream = new StreamValue();

  private static Request elements(String value) {
    return Request.of(new byte[] {'f'}, value.getBytes(StandardCharsets.US_ASCII));
  }

  private StreamId delay(long dueMillis) {
    return stream.delay(dueMillis, null, elements("v"), USUAL);
  }

  private List<String> dueAt(long millis) {
    return stream.doDue(KEY, millis).stream()
        .map(DueChange::effect)
        .map(
            words ->
                String.join(
                    " ",
                    Stream.of(words)
                        .map(word -> new String(word, StandardCharsets.US_ASCII))
                        .toList()))
        .toList();
  }

  @Test
  void entriesOfOneTimeAreNumbered() {
    assertThat(delay(500)).isEqualTo(new StreamId(500, 0));
    assertThat(delay(500)).isEqualTo(new StreamId(500, 1));
    assertThat(delay(400)).isEqualTo(new StreamId(400, 0));
    stream.append(new StreamId(450, 7), elements("v"), 0, USUAL);
    assertThat(delay(450)).as("behind the stream's last").isEqualTo(new StreamId(450, 8));
    assertThat(stream.dueMillis()).isEqualTo(400);
    assertThat(dueAt(399)).isEmpty();
    assertThat(dueAt(400))
        .as("the stream is further already")
        .containsExactly("XDEL s 400-0", "XADD s 450-8 f v");
    assertThat(dueAt(600))
        .containsExactly(
            "XDEL s 450-8", "XADD s 450-9 f v",
            "XDEL s 500-0", "XADD s 500-0 f v",
            "XDEL s 500-1", "XADD s 500-1 f v");
    assertThat(stream.dueMillis()).isEqualTo(Value.NEVER);
    assertThat(stream.length()).isEqualTo(5);
    assertThat(stream.entriesAdded()).isEqualTo(5);
  }

  @Test
  void whatIsDelayedTakesMemoryUntilItComes() {
    long empty = stream.footprint(0);
    StreamId id = stream.delay(100, null, elements("v".repeat(10_000)), USUAL);
    assertThat(stream.footprint(0) - empty).isBetween(10_000L, 10_500L);
    assertThat(stream.cancel(id)).isTrue();
    assertThat(stream.footprint(0)).isEqualTo(empty);
  }

  @Test
  void manyThatAreDueAtOnceComeInSeveralRuns() {
    for (int i = 0; i < 1_200; i++) {
      delay(100);
    }
    assertThat(dueAt(100)).hasSize(1_000);
    assertThat(stream.length()).isEqualTo(500);
    assertThat(stream.dueMillis()).isEqualTo(100);
    assertThat(dueAt(100)).hasSize(1_000);
    assertThat(dueAt(100)).hasSize(400);
    assertThat(stream.delayedEntries()).isZero();
  }

  @Test
  void aStreamWhoseIdsAreUsedUpKeepsWhatItCannotAdd() {
    delay(100);
    stream.setIds(StreamId.MAX, null, null);
    assertThat(dueAt(1_000)).isEmpty();
    assertThat(stream.dueMillis()).isEqualTo(Value.NEVER);
    assertThat(stream.delayedEntries()).isOne();
  }
}
