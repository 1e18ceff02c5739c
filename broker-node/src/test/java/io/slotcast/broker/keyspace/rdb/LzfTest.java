package io.slotcast.broker.keyspace.rdb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LzfTest {
  /** What it compressed before must make no difference. */
  private final Lzf lzf = new Lzf();

  @Test
  void aRunIsOneLiteralAndOneCopy() {
    // Redis 7.0's DUMP of this string has these bytes.
    assertThat(compress("a".repeat(100)))
        .containsExactly(0x01, 'a', 'a', 0xE0, 0x57, 0x00, 0x01, 'a', 'a');
  }

  @Test
  void whatDoesNotGetShorterIsNotCompressed() {
    byte[] noise = new byte[1000];
    new Random(1).nextBytes(noise);

    assertThat(lzf.compress(noise, 0, noise.length)).isNull();
    assertThat(lzf.compress(bytes("abcd"), 0, 4)).isNull();
  }

  @Test
  void whateverIsCompressedComesBack() {
    Random random = new Random(42);
    for (int i = 0; i < 3000; i++) {
      byte[] text = new byte[random.nextInt(i + 5) + 5];
      int alphabet = 1 + random.nextInt(12);
      for (int k = 0; k < text.length; k++) {
        text[k] = (byte) (random.nextInt(alphabet) * 37);
      }
      byte[] compressed = lzf.compress(text, 0, text.length);
      if (compressed != null) {
        assertThat(compressed.length).isLessThanOrEqualTo(text.length - 4);
        assertThat(Lzf.decompress(compressed, 0, compressed.length, text.length)).isEqualTo(text);
      }
    }
  }

  @Test
  void whatWasCompressedBeforeMakesNoDifference() {
    Random random = new Random(43);
    for (int i = 0; i < 500; i++) {
      byte[] text = new byte[random.nextInt(2000) + 5];
      for (int k = 0; k < text.length; k++) {
        text[k] = (byte) random.nextInt(3);
      }
      assertThat(lzf.compress(text, 0, text.length))
          .isEqualTo(new Lzf().compress(text, 0, text.length));
    }
  }

  @Test
  void aPartOfAnArrayIsCompressedByItself() {
    byte[] text = bytes("xxxx" + "0123456789".repeat(5) + "yyyy");

    byte[] compressed = Objects.requireNonNull(lzf.compress(text, 4, 50));

    assertThat(Lzf.decompress(compressed, 0, compressed.length, 50))
        .isEqualTo(bytes("0123456789".repeat(5)));
  }

  @Test
  void whatIsMalformedIsRefused() {
    assertRefused(new byte[] {0x05, 'a'}, 6); // fewer literals than said
    assertRefused(new byte[] {0x00, 'a', 0x20}, 4); // half a copy
    assertRefused(new byte[] {0x00, 'a', (byte) 0xE0}, 20); // a copy without its length
    assertRefused(new byte[] {0x00, 'a', 0x20, 0x07}, 4); // from before the beginning
    assertRefused(new byte[] {0x00, 'a', 0x20, 0x00}, 3); // more than said
    assertRefused(new byte[] {0x00, 'a', 0x20, 0x00}, 5); // less than said
    assertRefused(new byte[] {0x00, 'a'}, Integer.MAX_VALUE); // a length to be believed by nobody
    assertRefused(new byte[] {}, 1L << 40);
  }

  private static void assertRefused(byte[] compressed, long length) {
    assertThatThrownBy(() -> Lzf.decompress(compressed, 0, compressed.length, length))
        .isInstanceOf(RdbException.class);
  }

  private int[] compress(String text) {
    byte[] compressed = Objects.requireNonNull(lzf.compress(bytes(text), 0, text.length()));
    int[] unsigned = new int[compressed.length];
    for (int i = 0; i < compressed.length; i++) {
      unsigned[i] = compressed[i] & 0xFF;
    }
    return unsigned;
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }
}
