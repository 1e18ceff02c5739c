package io.slotcast.broker.keyspace.rdb;

import io.slotcast.broker.bytes.Listpack;
import io.slotcast.broker.keyspace.list.ListCursor;
import io.slotcast.broker.keyspace.list.ListValue;

/**
 * Lists: nodes that are a listpack each. Elements are shared out among nodes as Redis does it when
 * they are pushed at the right end, one after the other.
 */
final class ListFormat {
  /** A node that is one element as it is. */
  private static final int PLAIN = 1;

  /** A node that is a listpack. */
  private static final int PACKED = 2;

  /** An element from that length on is a node of its own. */
  static final long SHORTEST_PLAIN = 1 << 30;

  /** A listpack without elements. */
  private static final int EMPTY = Listpack.HEADER + 1;

  /** What is reckoned for the lengths beside an element's bytes. */
  private static final int OVERHEAD = 8;

  private static final int LARGEST_BY_COUNT = 8192;
  private static final int[] LARGEST_BY_SIZE = {4096, 8192, 16_384, 32_768, 65_536};

  /** {@code list-max-listpack-size}: elements if positive, else which of the sizes. */
  private final long nodeSize;

  /** {@link #SHORTEST_PLAIN}, or another length for tests. */
  private final long plainFrom;

  ListFormat(long nodeSize, long plainFrom) {
    this.plainFrom = plainFrom;
    this.nodeSize = Math.clamp(nodeSize, -LARGEST_BY_SIZE.length, Short.MAX_VALUE);
  }

  void write(ListValue list, RdbWriter out) {
    out.type(RdbType.LIST_QUICKLIST_2);
    out.length(shapeOf(list).nodes());
    Node node = new Node();
    ListpackWriter packed = new ListpackWriter();
    for (ListCursor each = list.cursor(ListValue.End.LEFT); each.isValid(); each.next()) {
      boolean isNew = node.add(each);
      if (isNew && !packed.isEmpty()) {
        out.length(PACKED);
        packed.writeTo(out);
      }
      if (each.length() >= plainFrom) {
        out.length(PLAIN);
        out.string(each.array(), each.offset(), each.length());
      } else {
        packed.add(each.array(), each.offset(), each.length());
      }
    }
    if (!packed.isEmpty()) {
      out.length(PACKED);
      packed.writeTo(out);
    }
  }

  /** What the list would be on Redis. */
  DumpPayload.ListShape shapeOf(ListValue list) {
    long nodes = 0;
    long bytes = 0;
    Node node = new Node();
    for (ListCursor each = list.cursor(ListValue.End.LEFT); each.isValid(); each.next()) {
      long before = node.bytes;
      boolean isNew = node.add(each);
      nodes += isNew ? 1 : 0;
      bytes += node.bytes - (isNew ? 0 : before);
    }
    return new DumpPayload.ListShape(nodes, bytes, nodeSize);
  }

  /** The node that elements are added to. */
  private final class Node {
    private long bytes;
    private int count;

    /** Adds the element to the node, or to another one; returns whether it is another. */
    boolean add(ListCursor element) {
      int length = element.length();
      boolean isPlain = length >= plainFrom;
      boolean isNew = count == 0 || isPlain || !takes(length);
      if (isNew) {
        bytes = EMPTY;
        count = 0;
      }
      bytes += Listpack.sizeOf(element.array(), element.offset(), length);
      // Behind an element that is a node of its own there is no room.
      count = isPlain ? 0 : count + 1;
      return isNew;
    }

    private boolean takes(int length) {
      long grown = bytes + length + OVERHEAD;
      return nodeSize < 0
          ? grown <= LARGEST_BY_SIZE[(int) -nodeSize - 1]
          : grown <= LARGEST_BY_COUNT && count < nodeSize;
    }
  }

  static ListValue read(RdbType type, RdbReader in) {
    ListValue list = new ListValue();
    switch (type) {
      case LIST -> {
        for (int left = in.positiveCount(1); left > 0; left--) {
          add(list, in.string());
        }
      }
      case LIST_ZIPLIST -> addAll(list, new ZiplistElements(in.string()));
      case LIST_QUICKLIST -> {
        for (int left = in.count(1); left > 0; left--) {
          addAll(list, new ZiplistElements(in.string()));
        }
      }
      default -> {
        for (int left = in.count(2); left > 0; left--) {
          readNode(list, in);
        }
      }
    }
    if (list.isEmpty()) {
      throw new RdbException("an empty list");
    }
    return list;
  }

  private static void readNode(ListValue list, RdbReader in) {
    long container = in.length();
    byte[] node = in.string();
    if (container == PLAIN && node.length > 0) {
      add(list, node);
    } else if (container == PACKED) {
      addAll(list, new ListpackElements(node));
    } else {
      throw new RdbException("not a node of a list");
    }
  }

  private static void addAll(ListValue list, PackedElements elements) {
    while (elements.hasNext()) {
      add(list, elements.next());
    }
  }

  private static void add(ListValue list, byte[] element) {
    list.push(ListValue.End.RIGHT, element, 0, element.length);
  }
}
