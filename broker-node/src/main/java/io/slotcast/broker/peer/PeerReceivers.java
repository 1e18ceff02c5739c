package io.slotcast.broker.peer;

import io.slotcast.broker.net.IoLoop;
import io.slotcast.broker.pubsub.PubSub;

/** Where frames from peers go; called on the link's event loop. */
final class PeerReceivers {
  private final PubSub pubSub;
  private final InterestAnnouncer announcer;

  /** Set before the first link is up. */
  private NumberedFrames.Receiver migration = (peer, number, body) -> {};

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

  void migration(PeerLink from, FrameReader frame) throws FrameException {
    migration.received(from.peer(), frame.number(), frame.numberedBody());
  }

  void migrationTo(NumberedFrames.Receiver receiver) {
    migration = receiver;
  }

  void interest(PeerLink from, FrameReader frame) throws FrameException {
    announcer.received(from, frame);
  }
}
