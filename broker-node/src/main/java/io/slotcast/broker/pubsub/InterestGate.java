package io.slotcast.broker.pubsub;

import io.slotcast.broker.net.IoLoop;
import java.util.List;

/**
 * Tells the publishers on other nodes that this one is about to have subscribers. A subscription is
 * confirmed only when every node that would leave this one out has learnt of it, so that no message
 * published after the confirmation is missed.
 */
public interface InterestGate {
  /** For a node without peers. */
  InterestGate OPEN =
      new InterestGate() {
        @Override
        public boolean announce(
            SubscriptionKind kind, List<byte[]> names, IoLoop loop, Runnable whenKnown) {
          return true;
        }

        @Override
        public void subscribed(SubscriptionKind kind, List<byte[]> names) {}

        @Override
        public void unsubscribed(SubscriptionKind kind, byte[] name) {}
      };

  /**
   * Announces channels or patterns. Returns true if nobody needs to learn of them: the subscription
   * may be made at once. Otherwise {@code whenKnown} is run on {@code loop} when all have. Either
   * way {@link #subscribed} must be called then.
   */
  boolean announce(SubscriptionKind kind, List<byte[]> names, IoLoop loop, Runnable whenKnown);

  /** An announced subscription was made, or was given up. */
  void subscribed(SubscriptionKind kind, List<byte[]> names);

  /** A subscription of this node has ended. */
  void unsubscribed(SubscriptionKind kind, byte[] name);
}
