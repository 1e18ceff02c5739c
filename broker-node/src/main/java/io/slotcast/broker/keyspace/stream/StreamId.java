package io.slotcast.broker.keyspace.stream;

import io.slotcast.broker.bytes.Decimal;
import java.nio.charset.StandardCharsets;

/**
 * The id of an entry: a time and a sequence number within it, both of 64 bits without a sign.
 *
 * @param ms milliseconds since the epoch, where the server chose the id
 * @param seq tells entries of one millisecond apart
 */
public record StreamId(long ms, long seq) implements Comparable<StreamId> {
  /** 0-0, which no entry has. */
  public static final StreamId MIN = new StreamId(0, 0);

  /** 18446744073709551615-18446744073709551615. */
  public static final StreamId MAX = new StreamId(-1, -1);

  public static int compare(long ms1, long seq1, long ms2, long seq2) {
    return ms1 == ms2 ? Long.compareUnsigned(seq1, seq2) : Long.compareUnsigned(ms1, ms2);
  }

  @Override
  public int compareTo(StreamId other) {
    return compare(ms, seq, other.ms, other.seq);
  }

  public boolean isBefore(StreamId other) {
    return compareTo(other) < 0;
  }

  public boolean isAfter(StreamId other) {
    return compareTo(other) > 0;
  }

  /** The id behind this one, which must not be {@link #MAX}. */
  public StreamId next() {
    return seq == -1 ? new StreamId(ms + 1, 0) : new StreamId(ms, seq + 1);
  }

  /** The id before this one, which must not be {@link #MIN}. */
  public StreamId previous() {
    return seq == 0 ? new StreamId(ms - 1, -1) : new StreamId(ms, seq - 1);
  }

  /** As on the wire: {@code ms-seq}. */
  public byte[] toBytes() {
    return toBytes(ms, seq);
  }

  /** As {@link #toBytes()}, of an id in two numbers. */
  public static byte[] toBytes(long ms, long seq) {
    if (ms >= 0 && seq >= 0) {
      byte[] bytes = new byte[Decimal.length(ms) + 1 + Decimal.length(seq)];
      int at = Decimal.write(ms, bytes, 0);
      bytes[at] = '-';
      Decimal.write(seq, bytes, at + 1);
      return bytes;
    }
    return new StreamId(ms, seq).toString().getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public String toString() {
    return Long.toUnsignedString(ms) + "-" + Long.toUnsignedString(seq);
  }
}
