package io.slotcast.broker.keyspace.hash;

import io.slotcast.broker.bytes.ByteMap;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** When fields of a hash expire: of each that does, and which is the next. */
final class FieldExpiries {
  @SuppressWarnings("ArrayRecordComponent") // compared by ORDER alone
  private record Expiry(long millis, byte[] field) {}

  private static final Comparator<Expiry> ORDER =
      Comparator.comparingLong(Expiry::millis)
          .thenComparing(Expiry::field, Arrays::compareUnsigned);

  private final ByteMap<Expiry> byField = new ByteMap<>();
  private final TreeSet<Expiry> inOrder = new TreeSet<>(ORDER);

  /** Null if the field has none. */
  @Nullable Long of(byte[] field) {
    Expiry expiry = byField.get(field);
    return expiry == null ? null : expiry.millis();
  }

  void put(byte[] field, long millis) {
    Expiry expiry = new Expiry(millis, field);
    Expiry before = byField.put(field, expiry);
    if (before != null) {
      inOrder.remove(before);
    }
    inOrder.add(expiry);
  }

  /** Returns whether the field had one. */
  boolean remove(byte[] array, int offset, int length) {
    Expiry before = byField.remove(array, offset, length);
    if (before != null) {
      inOrder.remove(before);
    }
    return before != null;
  }

  /** When the next field expires; null if none does. */
  @Nullable Long next() {
    return inOrder.isEmpty() ? null : inOrder.first().millis();
  }

  /** The fields whose time has come. */
  List<byte[]> due(long nowMillis) {
    List<byte[]> due = new ArrayList<>();
    for (Expiry expiry : inOrder) {
      if (expiry.millis() > nowMillis) {
        break;
      }
      due.add(expiry.field());
    }
    return due;
  }
}
