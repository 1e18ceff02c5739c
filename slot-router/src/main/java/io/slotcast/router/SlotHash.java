package io.slotcast.router;

/**
 * Maps a key or shard channel to one of 16,384 hash slots: CRC16-XMODEM (polynomial 0x1021, initial
 * value 0, not reflected) of the key, or of its hash tag where it has one, modulo 16,384.
 *
 * <p>A key's hash tag is what stands between its first <code>{</code> and the first <code>}</code>
 * after it, if that is not empty; braces elsewhere mean nothing. Source: the Redis Cluster
 * specification, "Hash tags".
 */
public final class SlotHash {
  /** How many hash slots a cluster has. */
  public static final int SLOTS = 16_384;

  private static final char[] CRC16 = crc16Table();

  private SlotHash() {}

  /** The slot of a whole array, 0 to 16,383. */
  public static int slotOf(byte[] key) {
    return slotOf(key, 0, key.length);
  }

  /** The slot of {@code length} bytes of {@code array} from {@code offset}, 0 to 16,383. */
  public static int slotOf(byte[] array, int offset, int length) {
    int end = offset + length;
    int open = indexOf(array, offset, end, '{');
    if (open >= 0) {
      int close = indexOf(array, open + 1, end, '}');
      if (close > open + 1) {
        return crc16(array, open + 1, close) & (SLOTS - 1);
      }
    }
    return crc16(array, offset, end) & (SLOTS - 1);
  }

  private static int indexOf(byte[] array, int from, int to, char wanted) {
    for (int i = from; i < to; i++) {
      if (array[i] == wanted) {
        return i;
      }
    }
    return -1;
  }

  private static int crc16(byte[] array, int from, int to) {
    int crc = 0;
    for (int i = from; i < to; i++) {
      crc = (crc << 8 & 0xFFFF) ^ CRC16[(crc >>> 8 ^ array[i]) & 0xFF];
    }
    return crc;
  }

  private static char[] crc16Table() {
    char[] table = new char[256];
    for (int i = 0; i < 256; i++) {
      int crc = i << 8;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 0x8000) != 0 ? crc << 1 ^ 0x1021 : crc << 1;
      }
      table[i] = (char) crc;
    }
    return table;
  }
}
