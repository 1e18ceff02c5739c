package io.slotcast.router;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SlotHashTest {
  private static int slot(String key) {
    return SlotHash.slotOf(key.getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void theSpecificationsCheckValue() {
    assertThat(slot("123456789")).isEqualTo(0x31C3 % SlotHash.SLOTS);
  }

  /** As CLUSTER KEYSLOT of Redis 7.0.15 answers. */
  @ParameterizedTest
  @CsvSource({"foo,12182", "bar,5061", "hello,866", "somekey,11058", "'',0"})
  void slotsThatRedisGives(String key, int expected) {
    assertThat(slot(key)).isEqualTo(expected);
  }

  @Test
  void keysWithOneTagShareASlot() {
    assertThat(slot("{user1000}.following"))
        .isEqualTo(slot("{user1000}.followers"))
        .isEqualTo(slot("user1000"));
  }

  /** The edge cases of the cluster specification: what is hashed instead of the whole key. */
  @ParameterizedTest
  @CsvSource({
    "foo{{bar}}zap,{bar", // from the first brace to the first closing one
    "foo{bar}{zap},bar", // the first tag counts
    "{a}b{c},a",
  })
  void theFirstTagIsHashed(String key, String hashed) {
    assertThat(slot(key)).isEqualTo(crcOf(hashed));
  }

  @ParameterizedTest
  @CsvSource({"foo{}{bar}", "{}", "{}key", "open{only", "close}only", "}{"})
  void anEmptyOrUnclosedTagIsNone(String key) {
    assertThat(slot(key)).isEqualTo(crcOf(key));
  }

  @Test
  void aSliceHashesAsItsBytesDo() {
    Random random = new Random(1);
    for (int i = 0; i < 1_000; i++) {
      byte[] array = new byte[40];
      random.nextBytes(array);
      int offset = random.nextInt(20);
      int length = random.nextInt(20);
      byte[] slice = Arrays.copyOfRange(array, offset, offset + length);
      assertThat(SlotHash.slotOf(array, offset, length)).isEqualTo(SlotHash.slotOf(slice));
    }
  }

  /** CRC16-XMODEM bit by bit, without a table and without tags. */
  private static int crcOf(String text) {
    int crc = 0;
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      crc ^= (b & 0xFF) << 8;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 0x8000) != 0 ? (crc << 1 ^ 0x1021) & 0xFFFF : crc << 1;
      }
    }
    return crc % SlotHash.SLOTS;
  }
}
