package io.slotcast.broker.keyspace.rdb;

import io.slotcast.broker.keyspace.hash.HashValue;

/** Hashes: fields and values in turn, in one listpack or as strings of their own. */
final class HashFormat {
  private final HashValue.Limits limits;

  HashFormat(HashValue.Limits limits) {
    this.limits = limits;
  }

  static void write(HashValue hash, RdbWriter out) {
    if (hash.isPacked()) {
      out.type(RdbType.HASH_LISTPACK);
      ListpackWriter packed = new ListpackWriter();
      hash.forEach(
          (field, value) -> {
            packed.add(field);
            packed.add(value);
          });
      packed.writeTo(out);
      return;
    }
    out.type(RdbType.HASH);
    out.length(hash.size());
    hash.forEach(
        (field, value) -> {
          out.string(field);
          out.string(value);
        });
  }

  HashValue read(RdbType type, RdbReader in) {
    HashValue hash = new HashValue(limits);
    if (type == RdbType.HASH) {
      for (int left = in.positiveCount(2); left > 0; left--) {
        add(hash, in.string(), in.string());
      }
      return hash;
    }
    PackedElements pairs = pairs(type, in.string());
    while (pairs.hasNext()) {
      add(hash, pairs.next(), pairs.next());
    }
    if (hash.size() == 0) {
      throw new RdbException("an empty hash");
    }
    return hash;
  }

  private static PackedElements pairs(RdbType type, byte[] packed) {
    return switch (type) {
      case HASH_ZIPMAP -> new ZipmapElements(packed);
      case HASH_ZIPLIST -> new ZiplistElements(packed);
      default -> new ListpackElements(packed);
    };
  }

  private static void add(HashValue hash, byte[] field, byte[] value) {
    if (!hash.put(field, value)) {
      throw new RdbException("a field twice");
    }
  }
}
