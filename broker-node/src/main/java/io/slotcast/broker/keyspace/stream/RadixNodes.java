package io.slotcast.broker.keyspace.stream;

/**
 * How many nodes Redis' radix tree would have over a stream's blocks, which XINFO tells: its keys
 * are the blocks' first ids, of 16 bytes; runs of bytes without a fork share a node.
 */
final class RadixNodes {
  private static final int KEY = 16;

  private final BlockList blocks;

  private RadixNodes(BlockList blocks) {
    this.blocks = blocks;
  }

  static long count(BlockList blocks) {
    return blocks.size() == 0 ? 1 : new RadixNodes(blocks).count(0, blocks.size() - 1, 0);
  }

  /** Of the blocks from one to another, which have that many bytes in common. */
  private long count(int from, int to, int depth) {
    if (from == to) {
      return depth == KEY ? 1 : 2;
    }
    int fork = depth;
    while (byteAt(from, fork) == byteAt(to, fork)) {
      fork++;
    }
    long nodes = fork == depth ? 1 : 2;
    int begin = from;
    while (begin <= to) {
      int end = lastWith(begin, to, fork);
      nodes += count(begin, end, fork + 1);
      begin = end + 1;
    }
    return nodes;
  }

  /** The last block that has the same byte there as the first one. */
  private int lastWith(int from, int to, int at) {
    int low = from;
    int high = to;
    while (low < high) {
      int middle = (low + high + 1) >>> 1;
      if (byteAt(middle, at) == byteAt(from, at)) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  private int byteAt(int index, int at) {
    StreamBlock block = blocks.get(index);
    long half = at < 8 ? block.firstMs : block.firstSeq;
    return (int) (half >>> (8 * (7 - at % 8))) & 0xFF;
  }
}
