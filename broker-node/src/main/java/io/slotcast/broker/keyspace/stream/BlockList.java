package io.slotcast.broker.keyspace.stream;

import org.jspecify.annotations.Nullable;

/**
 * Blocks in the order of their ids, in a ring: added at the end, and removed anywhere, at either
 * end at once and elsewhere by moving the shorter side.
 */
final class BlockList {
  private static final int SMALLEST = 4;

  private @Nullable StreamBlock[] ring = new @Nullable StreamBlock[SMALLEST];
  private int head;
  private int size;

  int size() {
    return size;
  }

  StreamBlock get(int index) {
    StreamBlock block = ring[(head + index) & (ring.length - 1)];
    if (index >= size || block == null) {
      throw new IndexOutOfBoundsException(index);
    }
    return block;
  }

  void add(StreamBlock block) {
    if (size == ring.length) {
      resize(size * 2);
    }
    ring[(head + size++) & (ring.length - 1)] = block;
  }

  void remove(int index) {
    int mask = ring.length - 1;
    if (index < size / 2) {
      for (int i = index; i > 0; i--) {
        ring[(head + i) & mask] = ring[(head + i - 1) & mask];
      }
      ring[head] = null;
      head = (head + 1) & mask;
    } else {
      for (int i = index; i < size - 1; i++) {
        ring[(head + i) & mask] = ring[(head + i + 1) & mask];
      }
      ring[(head + size - 1) & mask] = null;
    }
    size--;
    if (ring.length > SMALLEST && size < ring.length / 4) {
      resize(ring.length / 2);
    }
  }

  private void resize(int capacity) {
    @Nullable StreamBlock[] resized = new @Nullable StreamBlock[capacity];
    for (int i = 0; i < size; i++) {
      resized[i] = ring[(head + i) & (ring.length - 1)];
    }
    ring = resized;
    head = 0;
  }

  /** The last block whose first id is not after that; -1 if all are. */
  int floor(long ms, long seq) {
    int low = 0;
    int high = size - 1;
    while (low <= high) {
      int middle = (low + high) >>> 1;
      StreamBlock block = get(middle);
      if (StreamId.compare(block.firstMs, block.firstSeq, ms, seq) <= 0) {
        low = middle + 1;
      } else {
        high = middle - 1;
      }
    }
    return high;
  }
}
