package io.slotcast.broker.keyspace.list;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A place in a list: an element, or the end, behind the last or before the first. Good until the
 * list is changed by other means than the cursor. Guarded by the slot's lock.
 */
public final class ListCursor {
  @Nullable ListBlock block;
  int at;

  ListCursor(@Nullable ListBlock block, int at) {
    this.block = block;
    this.at = at;
  }

  /** Whether the cursor is at an element. */
  public boolean isValid() {
    return block != null;
  }

  ListBlock block() {
    if (block == null) {
      throw new IllegalStateException("at the end of the list");
    }
    return block;
  }

  /** The array in which the element stands; not to be changed. */
  public byte[] array() {
    return block().bytes();
  }

  public int length() {
    return block().lengthAt(at);
  }

  /** Where in {@link #array} the element begins. */
  public int offset() {
    return ListBlock.contentAt(at, length());
  }

  /** A copy of the element. */
  public byte[] copy() {
    int from = offset();
    return Arrays.copyOfRange(array(), from, from + length());
  }

  public boolean matches(byte[] other, int otherOffset, int otherLength) {
    int length = length();
    if (length != otherLength) {
      return false;
    }
    int from = ListBlock.contentAt(at, length);
    return Arrays.equals(
        array(), from, from + length, other, otherOffset, otherOffset + otherLength);
  }

  /** To the next element towards the tail. */
  public void next() {
    ListBlock current = block();
    at += ListBlock.sizeOf(current.lengthAt(at));
    if (at == current.end()) {
      block = current.next;
      at = block == null ? 0 : block.start();
    }
  }

  /** To the next element towards the head. */
  public void previous() {
    ListBlock current = block();
    if (at > current.start()) {
      at = current.before(at);
      return;
    }
    block = current.previous;
    at = block == null ? 0 : block.before(block.end());
  }
}
