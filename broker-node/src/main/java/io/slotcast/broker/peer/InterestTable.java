package io.slotcast.broker.peer;

import io.slotcast.broker.bytes.ByteMap;
import io.slotcast.broker.bytes.GlobPattern;
import io.slotcast.broker.pubsub.Message;

/**
 * The channels and patterns that a peer has subscribers for, as it told on the present connection.
 * Until its first list is complete the peer counts as wanting everything. Guarded by {@code this}.
 */
final class InterestTable {
  private final ByteMap<Boolean> channels = new ByteMap<>();
  private final ByteMap<GlobPattern> patterns = new ByteMap<>();
  private boolean complete;

  /** The connection is gone, or a new one has come: the peer has said nothing yet. */
  synchronized void forget() {
    complete = false;
    channels.clear();
    patterns.clear();
  }

  synchronized void add(boolean pattern, byte[] name) {
    if (pattern) {
      patterns.put(name, new GlobPattern(name));
    } else {
      channels.put(name, Boolean.TRUE);
    }
  }

  synchronized void remove(boolean pattern, byte[] name) {
    if (pattern) {
      patterns.remove(name);
    } else {
      channels.remove(name);
    }
  }

  synchronized void complete() {
    complete = true;
  }

  synchronized boolean wants(Message message) {
    if (!complete) {
      return true;
    }
    byte[] array = message.array();
    int offset = message.channelOffset();
    int length = message.channelLength();
    return channels.get(array, offset, length) != null
        || (!patterns.isEmpty()
            && patterns.anyMatch((name, pattern) -> pattern.matches(array, offset, length)));
  }

  synchronized int size() {
    return channels.size() + patterns.size();
  }
}
