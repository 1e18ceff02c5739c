package io.slotcast.broker.keyspace.rdb;

import io.slotcast.broker.keyspace.string.StringValue;

/** Strings. */
final class StringFormat {
  private StringFormat() {}

  static void write(StringValue value, RdbWriter out) {
    out.type(RdbType.STRING);
    out.string(value.bytes());
  }

  static StringValue read(RdbReader in) {
    return new StringValue(in.string());
  }
}
