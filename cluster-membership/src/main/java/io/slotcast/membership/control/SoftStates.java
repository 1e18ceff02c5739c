package io.slotcast.membership.control;

import io.slotcast.membership.SoftState;
import io.slotcast.membership.control.ControlMessage.Soft;
import io.slotcast.membership.register.ClusterId;
import io.slotcast.router.NodeId;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** This node's published entries, and the newest heard of each other node. Safe from any thread. */
final class SoftStates implements SoftState {
  /** What one node published last, as of its run and its count within that run. */
  private record Published(long incarnation, long sequence, Map<String, byte[]> entries) {
    boolean isOlderThan(long otherIncarnation, long otherSequence) {
      return incarnation < otherIncarnation
          || (incarnation == otherIncarnation && sequence < otherSequence);
    }
  }

  private final Runnable onPublish;
  private final ConcurrentHashMap<NodeId, Published> newest = new ConcurrentHashMap<>();

  /** Whose entries are this node's; replaced under {@code this}. */
  private volatile Stay stay;

  /** What this node is called during one stay in a cluster, and the run that it counts as. */
  private record Stay(NodeId self, long incarnation) {}

  /**
   * @param onPublish told after each publication of this node, on the publisher's thread
   */
  SoftStates(NodeId self, long incarnation, Runnable onPublish) {
    this.onPublish = onPublish;
    stay = new Stay(self, incarnation);
    newest.put(self, new Published(incarnation, 0, Map.of()));
  }

  /**
   * Another stay in a cluster begins: nothing is known of the others, and this node's entries are
   * told anew, but for those about its part in the shard that it was in.
   */
  synchronized void begin(NodeId self, long incarnation) {
    Map<String, byte[]> entries = new HashMap<>();
    Published before = newest.get(stay.self());
    if (before != null) {
      entries.putAll(before.entries());
      entries.keySet().removeAll(ShardSuccession.FACTS);
    }
    newest.clear();
    newest.put(self, new Published(incarnation, entries.isEmpty() ? 0 : 1, Map.copyOf(entries)));
    stay = new Stay(self, incarnation);
  }

  @Override
  public void publish(String name, byte[] value) {
    store(name, value);
    onPublish.run();
  }

  private synchronized void store(String name, byte[] value) {
    Stay current = stay;
    newest.compute(
        current.self(),
        (id, before) -> {
          Map<String, byte[]> entries =
              before == null ? new HashMap<>() : new HashMap<>(before.entries());
          entries.put(name, value.clone());
          if (size(entries) > MAX_BYTES) {
            throw new IllegalArgumentException(
                "soft state of more than " + MAX_BYTES + " bytes, with " + name);
          }
          long sequence = before == null ? 1 : before.sequence() + 1;
          return new Published(current.incarnation(), sequence, Map.copyOf(entries));
        });
  }

  private static int size(Map<String, byte[]> entries) {
    return entries.entrySet().stream()
        .mapToInt(e -> e.getKey().getBytes(StandardCharsets.UTF_8).length + e.getValue().length)
        .sum();
  }

  @Override
  public byte @Nullable [] read(NodeId node, String name) {
    Published published = newest.get(node);
    return published == null ? null : published.entries().get(name);
  }

  @Override
  public Map<NodeId, byte[]> readAll(String name) {
    Map<NodeId, byte[]> values = new HashMap<>();
    newest.forEach(
        (node, published) -> {
          byte[] value = published.entries().get(name);
          if (value != null) {
            values.put(node, value);
          }
        });
    return values;
  }

  /** How often this node has published in this run. */
  long sequence() {
    Published own = newest.get(stay.self());
    return own == null ? 0 : own.sequence();
  }

  /** All of this node's entries, to be sent. */
  Soft own(ClusterId cluster) {
    Stay current = stay;
    Published own =
        newest.getOrDefault(current.self(), new Published(current.incarnation(), 0, Map.of()));
    return new Soft(cluster, current.self(), own.incarnation(), own.sequence(), own.entries());
  }

  /** Takes in what another node published, unless it is old news. */
  void heard(Soft soft) {
    if (!soft.from().equals(stay.self())) {
      newest.compute(
          soft.from(),
          (id, before) ->
              before == null || before.isOlderThan(soft.incarnation(), soft.sequence())
                  ? new Published(soft.incarnation(), soft.sequence(), soft.entries())
                  : before);
    }
  }

  /** Whether something that {@code node} published has not come through. */
  boolean lacks(NodeId node, long incarnationThen, long sequenceThen) {
    Published known = newest.get(node);
    return sequenceThen > 0 && (known == null || known.isOlderThan(incarnationThen, sequenceThen));
  }

  /** Forgets the nodes that are gone. */
  void retain(Set<NodeId> live) {
    newest.keySet().removeIf(node -> !node.equals(stay.self()) && !live.contains(node));
  }
}
