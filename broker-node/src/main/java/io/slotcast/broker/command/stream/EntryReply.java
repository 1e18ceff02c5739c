package io.slotcast.broker.command.stream;

import io.slotcast.broker.keyspace.stream.ElementSink;
import io.slotcast.broker.keyspace.stream.StreamCursor;
import io.slotcast.broker.keyspace.stream.StreamId;
import io.slotcast.broker.keyspace.stream.StreamValue;
import io.slotcast.broker.resp.RespWriter;

/** Entries as replies: each an array of its id and an array of fields and values in turn. */
final class EntryReply implements ElementSink {
  private final RespWriter reply;

  EntryReply(RespWriter reply) {
    this.reply = reply;
  }

  /** All entries of a range up to a number, as an array. */
  static void range(
      RespWriter reply, StreamValue stream, StreamId from, StreamId to, long limit, boolean last) {
    long count = stream.count(from, to, limit);
    StreamCursor cursor = last ? stream.reverseRange(from, to) : stream.range(from, to);
    EntryReply entries = new EntryReply(reply);
    reply.array(count);
    for (long i = 0; i < count && cursor.next(); i++) {
      entries.entry(cursor);
    }
  }

  /** So many entries from an id on, which there are, as an array. */
  static void first(RespWriter reply, StreamValue stream, StreamId from, long count) {
    StreamCursor cursor = stream.range(from, StreamId.MAX);
    EntryReply entries = new EntryReply(reply);
    reply.array(count);
    for (long i = 0; i < count && cursor.next(); i++) {
      entries.entry(cursor);
    }
  }

  /** The entry that the cursor stands at, with what a consumer that claims is told of it. */
  void claimed(StreamCursor cursor, long idleMillis, long deliveries) {
    reply.array(4);
    elements(cursor);
    reply.integer(idleMillis);
    reply.integer(deliveries);
  }

  /** The entry that the cursor stands at. */
  void entry(StreamCursor cursor) {
    reply.array(2);
    elements(cursor);
  }

  /** Its id, then its fields and values: two elements of whatever array. */
  void elements(StreamCursor cursor) {
    reply.bulk(StreamId.toBytes(cursor.ms(), cursor.seq()));
    reply.array(2 * cursor.fields());
    cursor.read(this);
  }

  @Override
  public void string(byte[] array, int offset, int length) {
    reply.bulk(array, offset, length);
  }

  @Override
  public void integer(long value) {
    reply.bulk(value);
  }
}
