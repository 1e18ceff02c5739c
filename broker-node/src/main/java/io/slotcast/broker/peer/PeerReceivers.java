package io.slotcast.broker.peer;

import io.slotcast.broker.net.IoLoop;
import io.slotcast.broker.pubsub.Message;
import io.slotcast.broker.pubsub.PubSub;
import io.slotcast.router.SlotHash;

/** Where frames from peers go; called on the link's event loop. */
final class PeerReceivers {
  private final PeerLinks links;
  private final PubSub pubSub;
  private final InterestAnnouncer announcer;
  private ReplicationPeer replication = ReplicationPeer.NONE;

  /** Set before the first link is up. */
  private NumberedFrames.Receiver migration = (peer, number, body) -> {};

  PeerReceivers(PeerLinks links, PubSub pubSub, InterestAnnouncer announcer) {
    this.links = links;
    this.pubSub = pubSub;
    this.announcer = announcer;
  }

  void classic(FrameReader frame, IoLoop loop) throws FrameException {
    pubSub.deliver(frame.message(), loop);
  }

  /** A peer that has not learnt yet that the slot has moved published: the new owner is to know. */
  void shard(FrameReader frame, IoLoop loop) throws FrameException {
    Message message = frame.message();
    int slot = slotOf(message);
    pubSub.deliverShard(slot, message, loop);
    if (!links.isOfShard(slot)) {
      links.forward(slot, message, loop);
    }
  }

  void forwarded(FrameReader frame, IoLoop loop) throws FrameException {
    Message message = frame.message();
    int slot = slotOf(message);
    if (links.isOfShard(slot)) {
      pubSub.publishForwarded(slot, message, loop);
    }
  }

  private static int slotOf(Message message) {
    return SlotHash.slotOf(message.array(), message.channelOffset(), message.channelLength());
  }

  void migration(PeerLink from, FrameReader frame) throws FrameException {
    migration.received(from.peer(), frame.number(), frame.numberedBody());
  }

  void migrationTo(NumberedFrames.Receiver receiver) {
    migration = receiver;
  }

  /** Set before the first link. */
  void replication(ReplicationPeer peer) {
    replication = peer;
  }

  ReplicationPeer replication() {
    return replication;
  }

  void interest(PeerLink from, FrameReader frame) throws FrameException {
    announcer.received(from, frame);
  }
}
