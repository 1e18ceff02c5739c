package io.slotcast.broker.ctl;

import io.slotcast.router.SlotSet;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * One node, as the node that was asked sees it and as it says itself.
 *
 * @param primary whose replica it is, as an id; null for a primary
 * @param failing whether the node that was asked takes it for dead
 * @param slots none for a replica
 * @param own what it says itself; null if it does not answer
 */
public record NodeReport(
    String id,
    String host,
    int port,
    @Nullable String primary,
    boolean failing,
    SlotSet slots,
    @Nullable Own own) {

  /**
   * What a node says of itself.
   *
   * @param offset how far its stream of effects goes; a replica's, how far it has applied it
   * @param linkUp whether a replica hears its primary; true for a primary
   * @param memory bytes, as {@code used_memory}
   */
  public record Own(
      String version,
      long uptimeSeconds,
      long clients,
      long keys,
      long offset,
      boolean linkUp,
      long memory) {}

  public boolean isPrimary() {
    return primary == null;
  }

  public boolean isReachable() {
    return own != null;
  }

  /** Whether it answers, and is in touch with its primary if it is a replica. */
  public boolean hearsItsPrimary() {
    return own != null && own.linkUp();
  }

  InetSocketAddress address() {
    return new InetSocketAddress(host, port);
  }

  /** {@code host:port}. */
  public String name() {
    return host + ":" + port;
  }
}
