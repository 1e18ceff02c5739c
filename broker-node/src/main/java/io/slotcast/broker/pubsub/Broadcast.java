package io.slotcast.broker.pubsub;

import io.slotcast.broker.net.IoLoop;

/** How a message reaches the other nodes; called on the publisher's loop, never blocks. */
public interface Broadcast {
  /** For a node without peers. */
  Broadcast NONE =
      new Broadcast() {
        @Override
        public void classic(Message message, IoLoop loop) {}

        @Override
        public void shard(int slot, Message message, IoLoop loop) {}
      };

  /** To the other nodes of the cluster, in the order of calls for any one channel. */
  void classic(Message message, IoLoop loop);

  /** To the other nodes of the shard that owns {@code slot}. */
  void shard(int slot, Message message, IoLoop loop);
}
