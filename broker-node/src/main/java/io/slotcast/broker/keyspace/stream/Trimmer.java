package io.slotcast.broker.keyspace.stream;

/**
 * Removes the oldest entries of a stream, one run long. What {@link References#ACKED} keeps for a
 * group is stepped over, so that it is not the oldest alone that may stay.
 */
final class Trimmer {
  private final StreamValue stream;
  private final Trim trim;
  private final long before;

  Trimmer(StreamValue stream, Trim trim) {
    this.stream = stream;
    this.trim = trim;
    this.before = stream.length();
  }

  /** Returns how many entries were removed. */
  long run() {
    int index = 0;
    boolean more = true;
    while (more && index < stream.blocks()) {
      StreamBlock block = stream.block(index);
      boolean whole = goesWhole(block);
      if (isEnough(block) || (trim.approximate() && !whole)) {
        break;
      }
      if (whole && trim.references() == References.KEEPREF) {
        stream.removeBlock(index);
        continue;
      }
      more = trimWithin(block);
      if (block.live() == 0) {
        stream.removeBlock(index);
      } else {
        index++;
      }
    }
    return before - stream.length();
  }

  private boolean isEnough(StreamBlock block) {
    if (trim instanceof Trim.MaxLength max && stream.length() <= max.length()) {
      return true;
    }
    return trim.limit() > 0 && before - stream.length() + block.live() > trim.limit();
  }

  private boolean goesWhole(StreamBlock block) {
    return switch (trim) {
      case Trim.MaxLength max -> stream.length() - block.live() >= max.length();
      case Trim.MinId min ->
          StreamId.compare(block.lastMs(), block.lastSeq(), min.id().ms(), min.id().seq()) < 0;
    };
  }

  /** Removes entry by entry; returns whether something behind may have to go as well. */
  private boolean trimWithin(StreamBlock block) {
    StreamId readByAll = stream.readByAll();
    StreamCursor cursor =
        stream.range(
            new StreamId(block.firstMs, block.firstSeq),
            new StreamId(block.lastMs(), block.lastSeq()));
    while (cursor.next()) {
      StreamId id = cursor.id();
      if (stays(id)) {
        return false;
      }
      if (trim.references() == References.ACKED) {
        if (id.isAfter(readByAll)) {
          return false;
        }
        if (stream.isNeeded(id)) {
          continue;
        }
      } else if (trim.references() == References.DELREF) {
        stream.removePending(id);
      }
      stream.removeWithin(block, cursor.place());
    }
    return true;
  }

  private boolean stays(StreamId id) {
    return switch (trim) {
      case Trim.MaxLength max -> stream.length() <= max.length();
      case Trim.MinId min -> id.compareTo(min.id()) >= 0;
    };
  }
}
