package io.slotcast.broker.keyspace;

import io.slotcast.broker.bytes.ByteMap;
import java.util.ArrayList;
import java.util.List;

/** Who watches which keys of a slot. Guarded by the slot's lock. */
final class Watches {
  private final ByteMap<List<Watch>> byKey = new ByteMap<>();

  boolean isEmpty() {
    return byKey.size() == 0;
  }

  void add(Watch watch) {
    List<Watch> watches = byKey.get(watch.key());
    if (watches == null) {
      watches = new ArrayList<>(1);
      byKey.put(watch.key(), watches);
    }
    watches.add(watch);
  }

  void remove(Watch watch) {
    List<Watch> watches = byKey.get(watch.key());
    if (watches != null && watches.remove(watch) && watches.isEmpty()) {
      byKey.remove(watch.key());
    }
  }

  void touch(byte[] array, int offset, int length) {
    List<Watch> watches = byKey.get(array, offset, length);
    if (watches != null) {
      watches.forEach(Watch::touch);
    }
  }
}
