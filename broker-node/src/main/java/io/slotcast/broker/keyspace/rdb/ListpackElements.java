package io.slotcast.broker.keyspace.rdb;

import io.slotcast.broker.bytes.Listpack;

/** The elements of a listpack that somebody else wrote, one after the other. */
final class ListpackElements implements PackedElements {
  private final byte[] listpack;
  private int at = Listpack.HEADER;

  ListpackElements(byte[] listpack) {
    if (!Listpack.isWhole(listpack)) {
      throw new RdbException("not a listpack");
    }
    this.listpack = listpack;
  }

  @Override
  public boolean hasNext() {
    return at < listpack.length - 1;
  }

  @Override
  public byte[] next() {
    if (!hasNext()) {
      throw new RdbException("an element too few");
    }
    byte[] element = Listpack.copy(listpack, at);
    at = Listpack.skip(listpack, at);
    return element;
  }
}
