package io.slotcast.broker.effect;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class EffectStreamTest {
  private static final String SET = "*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$1\r\nv\r\n";

  private final EffectStream stream = new EffectStream();

  @Test
  void noEffectIsWantedUntilSomebodyTakesThem() {
    assertThat(stream.isWanted()).isFalse();

    EffectReader reader = stream.read(() -> {});
    assertThat(stream.isWanted()).isTrue();
    reader.close();
    assertThat(stream.isWanted()).isFalse();

    stream.keep(10);
    assertThat(stream.isWanted()).isTrue();
    stream.keep(0);
    assertThat(stream.isWanted()).isFalse();
  }

  @Test
  void aReaderSeesTheEffectsThatCameAfterItAsRespAndAnOffsetCountsTheirBytes() {
    stream.append(1, Words.SET, Words.of("a"), Words.of("b"));
    EffectReader reader = stream.read(() -> {});

    long offset = stream.append(1, Words.SET, Words.of("k"), Words.of("v"));

    assertThat(offset).isEqualTo(2L * SET.length()).isEqualTo(stream.offset());
    assertThat(reader.lag()).isEqualTo(SET.length());
    assertThat(readAll(reader)).isEqualTo(SET);
    assertThat(reader.lag()).isZero();
    assertThat(readAll(reader)).isEmpty();
  }

  @Test
  void aReaderThatTakesPartOfAUnitGetsTheRestNext() {
    EffectReader reader = stream.read(() -> {});
    stream.append(1, Words.SET, Words.of("k"), Words.of("v"));

    assertThat(reader.read((array, offset, length) -> 5)).isEqualTo(5);

    assertThat(readAll(reader)).isEqualTo(SET.substring(5));
  }

  @Test
  void unitsLargerThanAChunkAndManySmallOnesAreReadInOrder() {
    EffectReader reader = stream.read(() -> {});
    StringBuilder expected = new StringBuilder();
    for (int i = 0; i < 3_000; i++) {
      String value = "x".repeat(i % 500 == 0 ? 200_000 : i % 97);
      stream.append(i, Words.SET, Words.of(i), Words.of(value));
      expected.append("*3\r\n$3\r\nSET\r\n$").append(Integer.toString(i).length()).append("\r\n");
      expected.append(i).append("\r\n$").append(value.length()).append("\r\n");
      expected.append(value).append("\r\n");
    }

    assertThat(readAll(reader)).isEqualTo(expected.toString());
  }

  @Test
  void whatIsKeptCanBeReadAgainFromWhereAUnitBegins() {
    stream.keep(500_000);
    for (int i = 0; i < 100_000; i++) {
      stream.append(1, Words.SET, Words.of("k"), Words.of("v"));
    }

    assertThat(stream.offset() - stream.keptFrom()).isBetween(500_000L, 700_000L);
    assertThat(stream.readFrom(0, () -> {})).isNull();
    EffectReader reader =
        Objects.requireNonNull(stream.readFrom(stream.offset() - 1_000L * SET.length(), () -> {}));
    assertThat(readAll(reader)).isEqualTo(SET.repeat(1_000));
    assertThat(stream.readFrom(stream.offset() + 1, () -> {})).isNull();
  }

  @Test
  void aReaderIsWokenOnceWhenItWaits() {
    AtomicInteger woken = new AtomicInteger();
    EffectReader reader = stream.read(woken::incrementAndGet);
    stream.append(1, Words.EXEC);
    assertThat(woken).hasValue(0);
    assertThat(reader.awaitMore()).isTrue();

    readAll(reader);
    assertThat(reader.awaitMore()).isFalse();
    stream.append(1, Words.EXEC);
    stream.append(1, Words.EXEC);

    assertThat(woken).hasValue(1);
  }

  @Test
  void aNewHistoryOutdatesReadersAndTheBacklog() {
    AtomicInteger woken = new AtomicInteger();
    stream.keep(1_000);
    EffectReader reader = stream.read(woken::incrementAndGet);
    stream.append(1, Words.EXEC);
    readAll(reader);
    assertThat(reader.awaitMore()).isFalse();

    stream.restart(7_000);

    assertThat(woken).hasValue(1);
    assertThat(reader.isOutdated()).isTrue();
    assertThat(stream.offset()).isEqualTo(7_000);
    assertThat(stream.keptFrom()).isEqualTo(7_000);
  }

  @Test
  void aSlotsLastOffsetIsOfThePresentHistory() {
    SlotEffects slot = new SlotEffects(1, stream);
    stream.keep(1_000);
    slot.append(Words.EXEC);
    assertThat(slot.lastOffset()).isEqualTo(stream.offset());

    stream.restart(0);

    assertThat(slot.lastOffset()).isZero();
  }

  @Test
  void aUnitOfOneEffectStandsAlone() {
    SlotEffects slot = new SlotEffects(1, stream);
    EffectReader reader = stream.read(() -> {});
    slot.begin();
    slot.append(Words.SET, Words.of("k"), Words.of("v"));
    slot.end();
    slot.begin();
    slot.end();

    assertThat(readAll(reader)).isEqualTo(SET);
  }

  @Test
  void aUnitOfSeveralEffectsIsATransactionInWhichNoOtherSlotsEffectCanLie() {
    SlotEffects slot = new SlotEffects(1, stream);
    EffectReader reader = stream.read(() -> {});
    slot.begin();
    slot.append(Words.SET, Words.of("k"), Words.of("v"));
    stream.append(2, Words.PERSIST);
    slot.append(Words.SET, Words.of("k"), Words.of("v"));
    slot.end();

    assertThat(readAll(reader))
        .isEqualTo(
            "*1\r\n$7\r\nPERSIST\r\n"
                + "*1\r\n$5\r\nMULTI\r\n"
                + SET
                + SET
                + "*1\r\n$4\r\nEXEC\r\n");
  }

  @Test
  void writersOfManyThreadsAndAReaderAtTheSameTimeLoseNothing() throws InterruptedException {
    int writers = 4;
    int each = 20_000;
    EffectReader reader = stream.read(() -> {});
    CountDownLatch done = new CountDownLatch(writers);
    for (int i = 0; i < writers; i++) {
      int writer = i;
      Thread.ofPlatform()
          .start(
              () -> {
                for (int k = 0; k < each; k++) {
                  stream.append(writer, Words.of(writer), Words.of(k));
                }
                done.countDown();
              });
    }
    StringBuilder all = new StringBuilder();
    while (done.getCount() > 0 || reader.lag() > 0) {
      all.append(readAll(reader));
    }
    done.await();
    all.append(readAll(reader));

    List<List<String>> byWriter = new ArrayList<>();
    for (int i = 0; i < writers; i++) {
      byWriter.add(new ArrayList<>());
    }
    List<String> lines = Arrays.asList(all.toString().split("\r\n"));
    for (int i = 0; i < lines.size(); i += 5) {
      byWriter.get(Integer.parseInt(lines.get(i + 2))).add(lines.get(i + 4));
    }
    for (List<String> numbers : byWriter) {
      assertThat(numbers)
          .hasSize(each)
          .isSortedAccordingTo((a, b) -> Integer.compare(Integer.parseInt(a), Integer.parseInt(b)));
    }
  }

  private static String readAll(EffectReader reader) {
    StringBuilder text = new StringBuilder();
    while (reader.read(
            (array, offset, length) -> {
              text.append(new String(array, offset, length, StandardCharsets.ISO_8859_1));
              return length;
            })
        > 0) {}
    return text.toString();
  }
}
