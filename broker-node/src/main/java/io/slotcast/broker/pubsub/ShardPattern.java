package io.slotcast.broker.pubsub;

import io.slotcast.router.SlotHash;

/** Where a glob pattern over shard channels belongs. */
public final class ShardPattern {
  /** The slot of a pattern that may match channels of any slot. */
  public static final int LOOSE = -1;

  private ShardPattern() {}

  /**
   * The only slot whose channels the pattern can match, or {@link #LOOSE}. It is fixed by a hash
   * tag that is literal, with nothing but literals before it: a wildcard before the tag could match
   * a brace, and so another tag.
   */
  public static int slotOf(byte[] pattern) {
    int open = -1;
    for (int i = 0; i < pattern.length; i++) {
      byte b = pattern[i];
      if (b == '*' || b == '?' || b == '[' || b == '\\') {
        return LOOSE;
      }
      if (open < 0 && b == '{') {
        open = i;
      } else if (open >= 0 && b == '}') {
        // An empty tag is none: the whole channel would be hashed.
        return i > open + 1 ? SlotHash.slotOf(pattern, open, i + 1 - open) : LOOSE;
      }
    }
    // No wildcard at all: it matches the one channel of that name.
    return SlotHash.slotOf(pattern);
  }
}
