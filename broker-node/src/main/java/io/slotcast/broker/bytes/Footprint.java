package io.slotcast.broker.bytes;

/**
 * How much memory objects take, about: as the JVM lays them out with compact headers and references
 * of four bytes.
 */
public final class Footprint {
  /** A reference in a field or an array. */
  public static final int REFERENCE = 4;

  private static final int HEADER = 8;
  private static final int ARRAY_HEADER = 12;
  private static final int ALIGNMENT = 8;

  private Footprint() {}

  /** An object whose fields take so many bytes. */
  public static long object(int fieldBytes) {
    return aligned(HEADER + (long) fieldBytes);
  }

  /** An array of bytes. */
  public static long array(int length) {
    return aligned(ARRAY_HEADER + (long) length);
  }

  /** An array of references. */
  public static long references(int length) {
    return aligned(ARRAY_HEADER + (long) REFERENCE * length);
  }

  private static long aligned(long bytes) {
    return (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }
}
