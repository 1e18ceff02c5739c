package io.slotcast.broker.peer;

import io.slotcast.broker.net.IoLoop;
import io.slotcast.broker.pubsub.PubSub;

/** Where frames from peers go; called on the link's event loop. */
final class PeerReceivers {
  private final PubSub pubSub;
  private final InterestAnnouncer announcer;

  PeerReceivers(PubSub pubSub, InterestAnnouncer announcer) {
    this.pubSub = pubSub;
    this.announcer = announcer;
  }

  void classic(FrameReader frame, IoLoop loop) throws FrameException {
    pubSub.deliver(frame.message(), loop);
  }

  void shard(FrameReader frame, IoLoop loop) throws FrameException {
    pubSub.deliverShard(frame.message(), loop);
  }

  void interest(PeerLink from, FrameReader frame) throws FrameException {
    announcer.received(from, frame);
  }
}
