package io.slotcast.broker.keyspace.rdb;

/**
 * The fields and values, in turn, of a zipmap, in which Redis before 2.6 kept small hashes. Source:
 * the comment in {@code zipmap.c}.
 */
final class ZipmapElements implements PackedElements {
  private static final int END = 0xFF;
  private static final int LONG_LENGTH = 254;

  private final RdbReader in;
  private boolean atField = true;

  ZipmapElements(byte[] zipmap) {
    in = new RdbReader(zipmap, 0, zipmap.length);
    in.unsigned(1);
  }

  @Override
  public boolean hasNext() {
    if (!atField || in.peek() != END) {
      return true;
    }
    if (in.remaining() != 1) {
      throw malformed();
    }
    return false;
  }

  @Override
  public byte[] next() {
    if (!hasNext()) {
      throw malformed();
    }
    long length = in.unsigned(1);
    if (length == LONG_LENGTH) {
      length = in.unsigned(4);
    } else if (length == END) {
      throw malformed();
    }
    long unused = atField ? 0 : in.unsigned(1);
    byte[] element = in.raw(length);
    in.raw(unused);
    atField = !atField;
    return element;
  }

  private static RdbException malformed() {
    return new RdbException("not a zipmap");
  }
}
