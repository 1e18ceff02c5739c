package io.slotcast.broker.keyspace.rdb;

import io.slotcast.broker.keyspace.Value;
import io.slotcast.broker.keyspace.hash.HashValue;
import io.slotcast.broker.keyspace.list.ListValue;
import io.slotcast.broker.keyspace.set.SetValue;
import io.slotcast.broker.keyspace.sortedset.SortedSetValue;
import io.slotcast.broker.keyspace.stream.StreamValue;
import io.slotcast.broker.keyspace.string.StringValue;

/** A value of any type behind the byte that says how it is laid out. */
final class ValueFormat {
  private final RdbSettings settings;
  private final ListFormat lists;

  ValueFormat(RdbSettings settings, ListFormat lists) {
    this.settings = settings;
    this.lists = lists;
  }

  void write(Value value, RdbWriter out) {
    switch (value) {
      case StringValue string -> StringFormat.write(string, out);
      case ListValue list -> lists.write(list, out);
      case SetValue set -> SetFormat.write(set, out);
      case HashValue hash -> HashFormat.write(hash, out);
      case SortedSetValue set -> SortedSetFormat.write(set, out);
      case StreamValue stream -> StreamFormat.write(stream, out);
      default -> throw new IllegalArgumentException("no format for a " + value.type());
    }
  }

  Value read(RdbReader in) {
    return read(in.type(), in);
  }

  Value read(RdbType type, RdbReader in) {
    return switch (type) {
      case STRING -> StringFormat.read(in);
      case LIST, LIST_ZIPLIST, LIST_QUICKLIST, LIST_QUICKLIST_2 -> ListFormat.read(type, in);
      case SET, SET_INTSET, SET_LISTPACK -> new SetFormat(settings.maxIntegers()).read(type, in);
      case HASH,
          HASH_ZIPMAP,
          HASH_ZIPLIST,
          HASH_LISTPACK,
          HASH_WITH_EXPIRIES,
          HASH_LISTPACK_WITH_EXPIRIES ->
          new HashFormat(settings.hashLimits()).read(type, in);
      case STREAM_LISTPACKS, STREAM_LISTPACKS_2, STREAM_LISTPACKS_3 -> StreamFormat.read(type, in);
      case SORTED_SET, SORTED_SET_2, SORTED_SET_ZIPLIST, SORTED_SET_LISTPACK ->
          new SortedSetFormat(settings.sortedSetLimits()).read(type, in);
    };
  }
}
