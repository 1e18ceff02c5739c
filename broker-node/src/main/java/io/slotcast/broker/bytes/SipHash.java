package io.slotcast.broker.bytes;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.security.SecureRandom;

/**
 * SipHash-1-2 under a key made once per process: fast on short keys, and nobody who does not know
 * the key can make keys collide. Source: Aumasson and Bernstein, "SipHash: a fast short-input PRF"
 * (2012); the round numbers are Redis'.
 */
final class SipHash {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long K0;
  private static final long K1;

  static {
    SecureRandom random = new SecureRandom();
    K0 = random.nextLong();
    K1 = random.nextLong();
  }

  private SipHash() {}

  /** The hash of a slice, folded to 32 bits. */
  static int hash(byte[] array, int offset, int length) {
    long hash = hash(array, offset, length, K0, K1);
    return (int) (hash ^ hash >>> 32);
  }

  static long hash(byte[] array, int offset, int length, long k0, long k1) {
    long v0 = k0 ^ 0x736f6d6570736575L;
    long v1 = k1 ^ 0x646f72616e646f6dL;
    long v2 = k0 ^ 0x6c7967656e657261L;
    long v3 = k1 ^ 0x7465646279746573L;
    int end = offset + (length & ~7);
    int rounds = 1;
    long word = 0;
    // The last turn takes the tail with the length, the two after it finish.
    for (int at = offset; rounds <= 3; at += 8) {
      if (at < end) {
        word = (long) LONG.get(array, at);
      } else if (rounds == 1) {
        word = tail(array, end, length & 7) | (long) length << 56;
        rounds = 2;
      } else {
        word = 0;
        if (rounds == 2) {
          v2 ^= 0xff;
        }
        rounds++;
      }
      v3 ^= word;
      v0 += v1;
      v1 = Long.rotateLeft(v1, 13) ^ v0;
      v0 = Long.rotateLeft(v0, 32);
      v2 += v3;
      v3 = Long.rotateLeft(v3, 16) ^ v2;
      v0 += v3;
      v3 = Long.rotateLeft(v3, 21) ^ v0;
      v2 += v1;
      v1 = Long.rotateLeft(v1, 17) ^ v2;
      v2 = Long.rotateLeft(v2, 32);
      v0 ^= word;
    }
    return v0 ^ v1 ^ v2 ^ v3;
  }

  private static long tail(byte[] array, int from, int count) {
    long word = 0;
    for (int i = count - 1; i >= 0; i--) {
      word = (word << 8) | (array[from + i] & 0xFF);
    }
    return word;
  }
}
