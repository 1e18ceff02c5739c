package io.slotcast.broker.bytes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** SipHash-1-2 beside a plain reading of the paper, which in turn has the paper's test vector. */
class SipHashTest {
  @Test
  void thePlainOneIsThatOfThePaper() {
    byte[] message = new byte[15];
    for (int i = 0; i < message.length; i++) {
      message[i] = (byte) i;
    }
    // Appendix A: the key is 00 01 … 0f, the message 00 01 … 0e, for SipHash-2-4.
    long k0 = 0x0706050403020100L;
    long k1 = 0x0f0e0d0c0b0a0908L;
    assertThat(new Plain(k0, k1).hash(message, 2, 4)).isEqualTo(0xa129ca6149be45e5L);
  }

  @Test
  void oneRoundAndTwoAreThoseOfThePlainOne() {
    Random random = new Random(20_120_620);
    for (int i = 0; i < 5_000; i++) {
      byte[] message = new byte[random.nextInt(70)];
      random.nextBytes(message);
      long k0 = random.nextLong();
      long k1 = random.nextLong();
      int offset = random.nextInt(9);
      byte[] array = new byte[offset + message.length + random.nextInt(9)];
      random.nextBytes(array);
      System.arraycopy(message, 0, array, offset, message.length);
      assertThat(SipHash.hash(array, offset, message.length, k0, k1))
          .isEqualTo(new Plain(k0, k1).hash(message, 1, 2));
    }
  }

  /** Word by word and round by round, as the paper writes it. */
  private static final class Plain {
    private long v0;
    private long v1;
    private long v2;
    private long v3;

    Plain(long k0, long k1) {
      v0 = k0 ^ 0x736f6d6570736575L;
      v1 = k1 ^ 0x646f72616e646f6dL;
      v2 = k0 ^ 0x6c7967656e657261L;
      v3 = k1 ^ 0x7465646279746573L;
    }

    long hash(byte[] message, int wordRounds, int finalRounds) {
      byte[] padded = new byte[message.length / 8 * 8 + 8];
      System.arraycopy(message, 0, padded, 0, message.length);
      padded[padded.length - 1] = (byte) message.length;
      for (int at = 0; at < padded.length; at += 8) {
        long word = 0;
        for (int i = 7; i >= 0; i--) {
          word = (word << 8) | (padded[at + i] & 0xFF);
        }
        v3 ^= word;
        rounds(wordRounds);
        v0 ^= word;
      }
      v2 ^= 0xff;
      rounds(finalRounds);
      return v0 ^ v1 ^ v2 ^ v3;
    }

    private void rounds(int count) {
      for (int i = 0; i < count; i++) {
        v0 += v1;
        v2 += v3;
        v1 = Long.rotateLeft(v1, 13);
        v3 = Long.rotateLeft(v3, 16);
        v1 ^= v0;
        v3 ^= v2;
        v0 = Long.rotateLeft(v0, 32);
        v2 += v1;
        v0 += v3;
        v1 = Long.rotateLeft(v1, 17);
        v3 = Long.rotateLeft(v3, 21);
        v1 ^= v2;
        v3 ^= v0;
        v2 = Long.rotateLeft(v2, 32);
      }
    }
  }
}
