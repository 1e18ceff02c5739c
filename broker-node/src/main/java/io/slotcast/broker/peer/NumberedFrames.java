package io.slotcast.broker.peer;

import io.slotcast.router.NodeId;

/**
 * Frames of one kind to and from other nodes, each a number and some bytes, whose meaning is
 * another package's affair. They keep their order; those that are lost, because a link ends or its
 * limit is reached, are not sent again.
 */
public interface NumberedFrames {
  /**
   * Sends a frame if there is a link at this moment. From any thread.
   *
   * @return whether there is
   */
  boolean send(NodeId peer, long number, byte[] body);

  /** How many bytes wait to be sent to a peer, about. */
  long queuedBytes(NodeId peer);

  /** Who is told of frames that come, on the link's event loop; set before the first link is up. */
  void receiver(Receiver receiver);

  /** Who is told that a link has ended, on its event loop; set before the first link is up. */
  void onLinkEnd(LinkEnd listener);

  /** Takes frames. */
  @FunctionalInterface
  interface Receiver {
    void received(NodeId peer, long number, byte[] body);
  }

  /** Hears of the ends of links. */
  @FunctionalInterface
  interface LinkEnd {
    void ended(NodeId peer);
  }
}
