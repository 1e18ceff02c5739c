package io.slotcast.broker.keyspace.stream;

import io.slotcast.broker.bytes.Listpack;

/**
 * Walks through the entries of a stream that are not deleted, forwards or backwards, within two
 * ids, both included. The stream must not change meanwhile, but for {@link StreamValue#delete} of
 * the entry that the cursor stands at, and only if it is used no more.
 */
public final class StreamCursor {
  private final StreamValue stream;
  private final StreamId from;
  private final StreamId to;
  private final boolean backwards;

  private int blockIndex;
  private StreamBlock block;

  /** The next entry to look at; walking backwards, where it ends. */
  private int next;

  private int entry;
  private long ms;
  private long seq;
  private boolean sameFields;
  private long fields;

  /** Where the entry's fields, or only values, begin. */
  private int elements;

  StreamCursor(StreamValue stream, StreamId from, StreamId to, boolean backwards) {
    this.stream = stream;
    this.from = from;
    this.to = to;
    this.backwards = backwards;
    StreamId start = backwards ? to : from;
    this.blockIndex = Math.max(stream.blockIndexOf(start.ms(), start.seq()), 0);
    this.block = stream.blocks() == 0 ? StreamValue.NO_BLOCK : stream.block(blockIndex);
    this.next = backwards ? block.end() : block.begin();
  }

  /** Goes to the next entry; returns whether there is one. */
  public boolean next() {
    while (true) {
      if (next == (backwards ? block.begin() : block.end())) {
        if (!nextBlock()) {
          return false;
        }
        continue;
      }
      boolean isDeleted = backwards ? readBefore() : readNext();
      if (StreamId.compare(ms, seq, from.ms(), from.seq()) < 0) {
        if (backwards) {
          return false;
        }
      } else if (StreamId.compare(ms, seq, to.ms(), to.seq()) > 0) {
        if (!backwards) {
          return false;
        }
      } else if (!isDeleted) {
        return true;
      }
    }
  }

  private boolean nextBlock() {
    int index = blockIndex + (backwards ? -1 : 1);
    if (index < 0 || index >= stream.blocks()) {
      return false;
    }
    blockIndex = index;
    block = stream.block(index);
    next = backwards ? block.end() : block.begin();
    return true;
  }

  /** Reads the entry at {@link #next} and steps over it; returns whether it is deleted. */
  private boolean readNext() {
    int flags = readHead(next);
    byte[] bytes = block.bytes();
    int at = elements;
    for (long i = sameFields ? fields : 2 * fields; i >= 0; i--) {
      at = Listpack.skip(bytes, at);
    }
    next = at;
    return (flags & StreamBlock.DELETED) != 0;
  }

  /** As {@link #readNext}, of the entry that ends there. */
  private boolean readBefore() {
    byte[] bytes = block.bytes();
    int at = Listpack.previous(bytes, next);
    for (long i = Listpack.integer(bytes, at); i > 0; i--) {
      at = Listpack.previous(bytes, at);
    }
    int flags = readHead(at);
    next = at;
    return (flags & StreamBlock.DELETED) != 0;
  }

  private int readHead(int at) {
    byte[] bytes = block.bytes();
    entry = at;
    int flags = bytes[at];
    int position = at + 2;
    ms = block.firstMs + Listpack.integer(bytes, position);
    position = Listpack.skip(bytes, position);
    seq = block.firstSeq + Listpack.integer(bytes, position);
    position = Listpack.skip(bytes, position);
    sameFields = (flags & StreamBlock.SAME_FIELDS) != 0;
    if (sameFields) {
      fields = Listpack.integer(bytes, 0);
    } else {
      fields = Listpack.integer(bytes, position);
      position = Listpack.skip(bytes, position);
    }
    elements = position;
    return flags;
  }

  // ---- The entry it stands at ----

  public long ms() {
    return ms;
  }

  public long seq() {
    return seq;
  }

  public StreamId id() {
    return new StreamId(ms, seq);
  }

  /** How many pairs of field and value it has. */
  public long fields() {
    return fields;
  }

  /** Gives its fields and values in turn. */
  public void read(ElementSink sink) {
    byte[] bytes = block.bytes();
    int field = sameFields ? Listpack.skip(bytes, 0) : 0;
    int at = elements;
    for (long i = 0; i < fields; i++) {
      if (sameFields) {
        give(bytes, field, sink);
        field = Listpack.skip(bytes, field);
      } else {
        give(bytes, at, sink);
        at = Listpack.skip(bytes, at);
      }
      give(bytes, at, sink);
      at = Listpack.skip(bytes, at);
    }
  }

  private static void give(byte[] bytes, int at, ElementSink sink) {
    if (Listpack.isString(bytes, at)) {
      sink.string(bytes, Listpack.stringOffset(bytes, at), Listpack.stringLength(bytes, at));
    } else {
      sink.integer(Listpack.integer(bytes, at));
    }
  }

  int blockIndex() {
    return blockIndex;
  }

  /** The entry's place in its block. */
  int place() {
    return entry;
  }
}
