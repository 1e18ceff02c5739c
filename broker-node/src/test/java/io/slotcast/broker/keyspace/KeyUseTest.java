package io.slotcast.broker.keyspace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class KeyUseTest {
  private static final long NOW = 1_800_000_000_000L;
  private static final long MINUTE = 60_000;

  private final Random random = new Random(7);
  private final KeyUse use = new KeyUse(() -> random);

  @Test
  void aKeyIsIdleSinceItsLastUse() {
    int bits = use.ofNew(NOW);
    assertThat(use.idleSeconds(bits, NOW + 999)).isZero();
    assertThat(use.idleSeconds(bits, NOW + 5_000)).isEqualTo(5);

    bits = use.usedAgain(bits, NOW + 5_000);
    assertThat(use.idleSeconds(bits, NOW + 6_000)).isEqualTo(1);
  }

  @Test
  void aKeyMayCountAsIdleFromTheBeginningAndOverTheClocksEnd() {
    // Where 24 bits of seconds begin anew.
    long wrap = (1L << 24) * 107 * 1000;
    int bits = use.ofIdle(1000, wrap + 10_000);

    assertThat(use.idleSeconds(bits, wrap + 10_000)).isEqualTo(1000);
    assertThat(use.idleSeconds(bits, wrap + 20_000)).isEqualTo(1010);
  }

  @Test
  void aFrequencyGrowsEverMoreRarely() {
    use.countFrequency(true);
    int bits = use.ofNew(NOW);
    assertThat(use.frequency(bits, NOW)).isEqualTo(KeyUse.FREQUENCY_OF_NEW);
    for (int i = 0; i < 100; i++) {
      bits = use.usedAgain(bits, NOW);
    }
    int afterHundred = use.frequency(bits, NOW);
    // What Redis' documentation says of a factor of 10.
    assertThat(afterHundred).isBetween(7, 14);
    for (int i = 0; i < 100_000; i++) {
      bits = use.usedAgain(bits, NOW);
    }
    assertThat(use.frequency(bits, NOW)).isBetween(120, 170);
    for (int i = 0; i < 2_000_000; i++) {
      bits = use.usedAgain(bits, NOW);
    }
    assertThat(use.frequency(bits, NOW)).isEqualTo(255);
  }

  @Test
  void aFrequencyShrinksByOneEachMinute() {
    use.countFrequency(true);
    int bits = use.ofFrequency(10, NOW);

    assertThat(use.frequency(bits, NOW + 3 * MINUTE)).isEqualTo(7);
    assertThat(use.frequency(bits, NOW + 30 * MINUTE)).isZero();
  }
}
