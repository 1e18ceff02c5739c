package io.slotcast.broker.keyspace.rdb;

/**
 * The checksum behind a payload: CRC-64 with Jones' polynomial, bits reflected, nothing at the
 * beginning and nothing at the end, as in Redis' {@code crc64.c}.
 */
final class Crc64 {
  /** 0xad93d23594c935a9 with its bits in reverse. */
  private static final long POLYNOMIAL = 0x95ac9329ac4bc9b5L;

  private static final long[] TABLE = table();

  private Crc64() {}

  static long of(byte[] array, int offset, int length) {
    return of(0, array, offset, length);
  }

  /** The checksum of what {@code before} is the checksum of, and of those bytes behind it. */
  static long of(long before, byte[] array, int offset, int length) {
    long crc = before;
    for (int i = offset; i < offset + length; i++) {
      crc = TABLE[(int) (crc ^ array[i]) & 0xFF] ^ (crc >>> 8);
    }
    return crc;
  }

  private static long[] table() {
    long[] table = new long[256];
    for (int i = 0; i < table.length; i++) {
      long crc = i;
      for (int bit = 0; bit < 8; bit++) {
        crc = (crc & 1) == 0 ? crc >>> 1 : (crc >>> 1) ^ POLYNOMIAL;
      }
      table[i] = crc;
    }
    return table;
  }
}
