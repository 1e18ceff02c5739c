package io.slotcast.broker.keyspace.rdb;

import io.slotcast.broker.bytes.Decimal;
import io.slotcast.broker.keyspace.Value;
import io.slotcast.broker.keyspace.hash.HashValue;

/**
 * Hashes: fields and values in turn, in one listpack or as strings of their own. Where fields
 * expire, which only Redis 7.4 knows, the first time is said before all, and each field has how
 * much later it expires, plus one; or in a listpack, behind its value, the time itself; 0 for
 * never.
 */
final class HashFormat {
  private static final int MILLIS = 8;

  private final HashValue.Limits limits;

  HashFormat(HashValue.Limits limits) {
    this.limits = limits;
  }

  static void write(HashValue hash, RdbWriter out) {
    if (hash.dueMillis() != Value.NEVER) {
      writeWithExpiries(hash, hash.dueMillis(), out);
      return;
    }
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

  private static void writeWithExpiries(HashValue hash, long first, RdbWriter out) {
    out.type(RdbType.HASH_WITH_EXPIRIES);
    out.unsigned(first, MILLIS);
    out.length(hash.size());
    hash.forEach(
        (field, value) -> {
          long millis = hash.fieldExpiry(field);
          out.length(millis == Value.NEVER ? 0 : millis - first + 1);
          out.string(field);
          out.string(value);
        });
  }

  private HashValue readWithExpiries(RdbReader in) {
    HashValue hash = new HashValue(limits);
    long first = in.unsigned(MILLIS);
    for (int left = in.positiveCount(3); left > 0; left--) {
      long later = in.length();
      byte[] field = in.string();
      add(hash, field, in.string());
      if (later != 0) {
        expire(hash, field, first + later - 1);
      }
    }
    return hash;
  }

  private HashValue readPackedWithExpiries(RdbReader in) {
    HashValue hash = new HashValue(limits);
    in.unsigned(MILLIS); // the first time, which the fields tell
    PackedElements elements = new ListpackElements(in.string());
    while (elements.hasNext()) {
      byte[] field = elements.next();
      add(hash, field, elements.next());
      byte[] millis = elements.next();
      if (!Decimal.isLong(millis, 0, millis.length)) {
        throw new RdbException("not a time");
      }
      if (Decimal.toLong(millis, 0, millis.length) != 0) {
        expire(hash, field, Decimal.toLong(millis, 0, millis.length));
      }
    }
    return hash;
  }

  private static void expire(HashValue hash, byte[] field, long millis) {
    if (millis < 0) {
      throw new RdbException("not a time");
    }
    hash.expireField(field, millis);
  }

  HashValue read(RdbType type, RdbReader in) {
    HashValue hash =
        switch (type) {
          case HASH_WITH_EXPIRIES -> readWithExpiries(in);
          case HASH_LISTPACK_WITH_EXPIRIES -> readPackedWithExpiries(in);
          default -> readLasting(type, in);
        };
    if (hash.size() == 0) {
      throw new RdbException("an empty hash");
    }
    return hash;
  }

  private HashValue readLasting(RdbType type, RdbReader in) {
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
