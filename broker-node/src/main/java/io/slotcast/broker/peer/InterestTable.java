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

  /** The number of the list that is awaited or has come. */
  private long list;

  /** The connection is gone, or nobody will ask: lists that are still under way do not count. */
  synchronized void forget() {
    complete = false;
    list++;
    channels.clear();
    patterns.clear();
  }

  /** Forgets everything; returns the number of the list by which the peer is to be asked anew. */
  synchronized long awaitList() {
    forget();
    return list;
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

  /** A list has come whole; one that was asked for earlier may lack what came before it. */
  synchronized void complete(long number) {
    if (number == list) {
      complete = true;
    }
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
