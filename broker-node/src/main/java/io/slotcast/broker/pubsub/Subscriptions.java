package io.slotcast.broker.pubsub;

import io.slotcast.broker.bytes.ByteMap;
import io.slotcast.broker.net.Connection;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;

/**
 * What one connection is subscribed to. Owned by the connection's event loop; the counts are read
 * by CLIENT LIST from other threads and may be a moment old there.
 */
public final class Subscriptions {
  private final Connection connection;
  private final EnumMap<SubscriptionKind, ByteMap<Boolean>> byKind =
      new EnumMap<>(SubscriptionKind.class);

  /** Counted as they come and go, for every command asks. */
  private int total;

  public Subscriptions(Connection connection) {
    this.connection = connection;
  }

  Connection connection() {
    return connection;
  }

  /** How many channels or patterns of a kind. */
  public int count(SubscriptionKind kind) {
    ByteMap<Boolean> set = byKind.get(kind);
    return set == null ? 0 : set.size();
  }

  /**
   * The number in a confirmation: classic channels and patterns share one count, and so do shard
   * channels and their patterns.
   */
  public int countShown(SubscriptionKind kind) {
    return kind.isShard()
        ? count(SubscriptionKind.SHARD_CHANNEL) + count(SubscriptionKind.SHARD_PATTERN)
        : count(SubscriptionKind.CHANNEL) + count(SubscriptionKind.PATTERN);
  }

  /** All subscriptions: a RESP2 client with any may not run other commands. */
  public int total() {
    return total;
  }

  public boolean contains(SubscriptionKind kind, byte[] name) {
    ByteMap<Boolean> set = byKind.get(kind);
    return set != null && set.get(name) != null;
  }

  /** The names of a kind, as a list of the caller's own. */
  public List<byte[]> names(SubscriptionKind kind) {
    List<byte[]> names = new ArrayList<>();
    ByteMap<Boolean> set = byKind.get(kind);
    if (set != null) {
      set.forEach((name, there) -> names.add(name));
    }
    return names;
  }

  boolean add(SubscriptionKind kind, byte[] name) {
    ByteMap<Boolean> set = byKind.computeIfAbsent(kind, each -> new ByteMap<>());
    boolean added = set.put(name, Boolean.TRUE) == null;
    total += added ? 1 : 0;
    return added;
  }

  boolean remove(SubscriptionKind kind, byte[] name) {
    ByteMap<Boolean> set = byKind.get(kind);
    boolean removed = set != null && set.remove(name) != null;
    total -= removed ? 1 : 0;
    return removed;
  }
}
