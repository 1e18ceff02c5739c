package io.slotcast.broker.keyspace.rdb;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Marc Lehmann's LZF, in which the RDB format compresses strings. A control byte below 32 stands
 * before one literal byte more than it says; others hold the length of a copy less two in their
 * upper three bits (7: more of it in the next byte), and with the byte behind them how far back the
 * copy begins, less one.
 *
 * <p>What is compressed depends on which earlier places are looked at; this looks where Redis does,
 * so that a payload has the same bytes.
 *
 * <p>One compresses many strings, one after the other; for one thread.
 */
final class Lzf {
  private static final int HASH_BITS = 16;
  private static final int LONGEST_LITERAL = 32;
  private static final int LONGEST_COPY = 264;
  private static final int FARTHEST = 8192;

  /** Lengths from here on have a byte of their own. */
  private static final int LONG_COPY = 7;

  /** How much longer a text can be than what it is compressed to: three bytes may copy 264. */
  private static final int LARGEST_RATIO = LONGEST_COPY / 3;

  /**
   * The last place of three bytes with that hash, counted from the beginning of the text and {@link
   * #base}. A place of an earlier text is below the base, so that nothing need be cleared.
   */
  private final int[] places = new int[1 << HASH_BITS];

  private int base;

  // The text that is compressed.
  private byte[] in = new byte[0];
  private int begin;
  private int at;
  private int inEnd;

  private byte[] out = new byte[0];
  private int size;

  /** How many literal bytes were written behind their control byte, which is not written yet. */
  private int literals;

  /** The compressed form; null if it would not be four bytes shorter at least. */
  byte @Nullable [] compress(byte[] array, int offset, int length) {
    if (length <= 4) {
      return null;
    }
    if (base > Integer.MAX_VALUE - length) {
      Arrays.fill(places, 0);
      base = 0;
    }
    in = array;
    begin = offset;
    at = offset;
    inEnd = offset + length;
    out = new byte[length - 4];
    size = 1;
    literals = 0;
    byte[] compressed = compress() ? Arrays.copyOf(out, size) : null;
    base += length;
    return compressed;
  }

  private boolean compress() {
    while (at < inEnd - 2) {
      int hash = hash(at);
      int place = begin + places[hash] - base;
      places[hash] = base + at - begin;
      if (place > begin && at - place <= FARTHEST && startsEqual(place)) {
        if (size - (literals == 0 ? 1 : 0) + 4 >= out.length) {
          return false;
        }
        endLiterals();
        copy(place);
        if (at >= inEnd - 2) {
          break;
        }
        remember(at - 2);
        remember(at - 1);
      } else {
        if (size >= out.length) {
          return false;
        }
        literal();
      }
    }
    if (size + 3 > out.length) {
      return false;
    }
    while (at < inEnd) {
      literal();
    }
    endLiterals();
    size--;
    return true;
  }

  private int hash(int i) {
    int bytes = (in[i] & 0xFF) << 16 | (in[i + 1] & 0xFF) << 8 | (in[i + 2] & 0xFF);
    return ((bytes >>> (24 - HASH_BITS)) - bytes * 5) & ((1 << HASH_BITS) - 1);
  }

  private void remember(int i) {
    places[hash(i)] = base + i - begin;
  }

  private boolean startsEqual(int place) {
    return in[place] == in[at] && in[place + 1] == in[at + 1] && in[place + 2] == in[at + 2];
  }

  private void literal() {
    out[size++] = in[at++];
    if (++literals == LONGEST_LITERAL) {
      endLiterals();
    }
  }

  /** Writes the control byte of the literals, and leaves room for that of the next ones. */
  private void endLiterals() {
    if (literals > 0) {
      out[size - literals - 1] = (byte) (literals - 1);
      size++;
    }
    literals = 0;
  }

  private void copy(int place) {
    int length = lengthOfCopy(place) - 2;
    int distance = at - place - 1;
    size--;
    if (length < LONG_COPY) {
      out[size++] = (byte) ((distance >> 8) + (length << 5));
    } else {
      out[size++] = (byte) ((distance >> 8) + (LONG_COPY << 5));
      out[size++] = (byte) (length - LONG_COPY);
    }
    out[size++] = (byte) distance;
    size++;
    at += length + 2;
  }

  private int lengthOfCopy(int place) {
    int limit = Math.min(inEnd - at - 2, LONGEST_COPY);
    // Far from the end sixteen more bytes are compared whatever the limit is.
    int unlimited = limit > 16 ? 19 : 3;
    int length = 3;
    while (length < Math.max(limit, unlimited) && in[place + length] == in[at + length]) {
      length++;
    }
    return length;
  }

  // ---- Back ----

  /**
   * @param length of the text, which is no more than believed
   * @throws RdbException if it is not such a text
   */
  static byte[] decompress(byte[] in, int offset, int inLength, long length) {
    if (length > (long) inLength * LARGEST_RATIO || length > Integer.MAX_VALUE - 8) {
      throw malformed();
    }
    byte[] out = new byte[(int) length];
    int end = offset + inLength;
    int at = offset;
    int size = 0;
    while (at < end) {
      int control = in[at++] & 0xFF;
      if (control < LONGEST_LITERAL) {
        int literals = control + 1;
        if (literals > end - at || literals > out.length - size) {
          throw malformed();
        }
        System.arraycopy(in, at, out, size, literals);
        at += literals;
        size += literals;
        continue;
      }
      int copied = control >> 5;
      if (copied == LONG_COPY && at < end) {
        copied += in[at++] & 0xFF;
      }
      if (at == end) {
        throw malformed();
      }
      int from = size - ((control & 0x1F) << 8) - (in[at++] & 0xFF) - 1;
      copied += 2;
      if (from < 0 || copied > out.length - size) {
        throw malformed();
      }
      // Byte by byte, since a copy may reach into itself.
      for (int i = 0; i < copied; i++) {
        out[size++] = out[from++];
      }
    }
    if (size != out.length) {
      throw malformed();
    }
    return out;
  }

  private static RdbException malformed() {
    return new RdbException("not a compressed string of that length");
  }
}
