package io.slotcast.broker.keyspace.list;

import io.slotcast.broker.bytes.Footprint;
import io.slotcast.broker.keyspace.Value;
import io.slotcast.broker.keyspace.ValueType;
import org.jspecify.annotations.Nullable;

/**
 * A list: a chain of blocks of packed elements, so that an element costs two bytes beside its own,
 * both ends are reached at once, and a change in the middle moves one block's bytes at most. A list
 * without elements is not stored: who takes the last one removes the key.
 */
public final class ListValue extends Value {
  private @Nullable ListBlock head;
  private @Nullable ListBlock tail;
  private long size;

  @Override
  public long footprint(long samples) {
    long bytes = Footprint.object(commonFields() + 2 * Footprint.REFERENCE + Long.BYTES);
    for (ListBlock block = head; block != null; block = block.next) {
      bytes += ListBlock.FOOTPRINT + Footprint.array(block.capacity());
    }
    return bytes;
  }

  @Override
  public ValueType type() {
    return ValueType.LIST;
  }

  @Override
  public String encoding() {
    return "quicklist";
  }

  public long size() {
    return size;
  }

  public boolean isEmpty() {
    return size == 0;
  }

  /** An end of a list. */
  public enum End {
    LEFT,
    RIGHT;

    public End other() {
      return this == LEFT ? RIGHT : LEFT;
    }
  }

  // ---- The ends ----

  public void push(End end, byte[] source, int offset, int length) {
    ListBlock block = end == End.LEFT ? head : tail;
    if (block == null || !block.takes(length)) {
      block = addBlock(end, length);
    }
    if (end == End.LEFT) {
      block.addFirst(source, offset, length);
    } else {
      block.addLast(source, offset, length);
    }
    size++;
  }

  /** Takes the element at an end away; the list is not empty. */
  public byte[] pop(End end) {
    ListCursor cursor = cursor(end);
    byte[] element = cursor.copy();
    remove(cursor);
    return element;
  }

  private ListBlock addBlock(End end, int length) {
    ListBlock neighbour = end == End.LEFT ? head : tail;
    // A list that has filled a block is likely to fill another.
    int capacity = neighbour == null ? 0 : ListBlock.MAX_BYTES;
    ListBlock block = new ListBlock(Math.max(ListBlock.sizeOf(length), capacity));
    if (end == End.LEFT) {
      link(null, block, head);
    } else {
      link(tail, block, null);
    }
    return block;
  }

  private void link(@Nullable ListBlock before, ListBlock block, @Nullable ListBlock after) {
    block.previous = before;
    block.next = after;
    if (before == null) {
      head = block;
    } else {
      before.next = block;
    }
    if (after == null) {
      tail = block;
    } else {
      after.previous = block;
    }
  }

  private void unlink(ListBlock block) {
    ListBlock before = block.previous;
    ListBlock after = block.next;
    if (before == null) {
      head = after;
    } else {
      before.next = after;
    }
    if (after == null) {
      tail = before;
    } else {
      after.previous = before;
    }
  }

  // ---- Places ----

  /** The first element, or the last. */
  public ListCursor cursor(End end) {
    ListBlock block = end == End.LEFT ? head : tail;
    if (block == null) {
      return new ListCursor(null, 0);
    }
    return new ListCursor(block, end == End.LEFT ? block.start() : block.before(block.end()));
  }

  /** The element of that index, from 0; its blocks are skipped from the nearer end. */
  public ListCursor cursorAt(long index) {
    if (index < 0 || index >= size) {
      return new ListCursor(null, 0);
    }
    return index < size / 2 ? fromHead(index) : fromTail(size - 1 - index);
  }

  private ListCursor fromHead(long steps) {
    ListBlock block = head;
    long left = steps;
    while (block != null && left >= block.count()) {
      left -= block.count();
      block = block.next;
    }
    ListCursor cursor = new ListCursor(block, block == null ? 0 : block.start());
    for (; left > 0; left--) {
      cursor.next();
    }
    return cursor;
  }

  private ListCursor fromTail(long steps) {
    ListBlock block = tail;
    long left = steps;
    while (block != null && left >= block.count()) {
      left -= block.count();
      block = block.previous;
    }
    ListCursor cursor = new ListCursor(block, block == null ? 0 : block.before(block.end()));
    for (; left > 0; left--) {
      cursor.previous();
    }
    return cursor;
  }

  // ---- Changes in the middle ----

  /** Takes the cursor's element away; the cursor moves to the one behind it. */
  public void remove(ListCursor cursor) {
    ListBlock block = cursor.block();
    boolean wasLast = cursor.at + ListBlock.sizeOf(cursor.length()) == block.end();
    boolean wasFirst = cursor.at == block.start();
    block.remove(cursor.at);
    size--;
    if (block.count() == 0) {
      unlink(block);
    }
    if (wasLast) {
      cursor.block = block.next;
      cursor.at = cursor.block == null ? 0 : cursor.block.start();
    } else if (wasFirst) {
      cursor.at = block.start();
    }
  }

  /** Inserts an element before the cursor's; the cursor is no good afterwards. */
  public void insertBefore(ListCursor cursor, byte[] source, int offset, int length) {
    ListBlock block = cursor.block();
    if (cursor.at == block.start() && block.previous != null && block.previous.takes(length)) {
      block.previous.addLast(source, offset, length);
    } else if (block.takes(length)) {
      block.insert(cursor.at, source, offset, length);
    } else {
      ListBlock fresh = new ListBlock(ListBlock.sizeOf(length));
      fresh.addLast(source, offset, length);
      if (cursor.at == block.start()) {
        link(block.previous, fresh, block);
      } else {
        split(cursor);
        link(block, fresh, block.next);
      }
    }
    size++;
  }

  /** Inserts an element behind the cursor's; the cursor is no good afterwards. */
  public void insertAfter(ListCursor cursor, byte[] source, int offset, int length) {
    cursor.next();
    if (cursor.isValid()) {
      insertBefore(cursor, source, offset, length);
    } else {
      push(End.RIGHT, source, offset, length);
    }
  }

  /** Puts other bytes in the place of the cursor's element; the cursor is no good afterwards. */
  public void set(ListCursor cursor, byte[] source, int offset, int length) {
    if (cursor.length() == length) {
      cursor.block().overwrite(cursor.at, source, offset, length);
      return;
    }
    remove(cursor);
    if (cursor.isValid()) {
      insertBefore(cursor, source, offset, length);
    } else {
      push(End.RIGHT, source, offset, length);
    }
  }

  /** Divides the cursor's block so that the cursor's element is the first of the second part. */
  private void split(ListCursor cursor) {
    ListBlock block = cursor.block();
    int moved = 0;
    for (int at = cursor.at; at < block.end(); at += ListBlock.sizeOf(block.lengthAt(at))) {
      moved++;
    }
    ListBlock rest = block.splitAt(cursor.at, moved);
    link(block, rest, block.next);
  }

  /** Takes so many elements away at an end, at most all of them. */
  public void drop(End end, long elements) {
    long left = Math.min(elements, size);
    while (left > 0) {
      ListBlock block = end == End.LEFT ? head : tail;
      if (block == null) {
        throw new IllegalStateException("a list of " + size + " elements without a block");
      }
      if (block.count() <= left) {
        left -= block.count();
        size -= block.count();
        unlink(block);
      } else {
        remove(cursor(end));
        left--;
      }
    }
  }
}
