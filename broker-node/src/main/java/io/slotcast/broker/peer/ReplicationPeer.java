package io.slotcast.broker.peer;

/** What replicates over the links to peers. Called on the link's loop, which holds no lock. */
public interface ReplicationPeer {
  /** A connection is there, in place of any before. */
  void linkUp(ReplicationLink link);

  /** A frame has arrived; its bytes are valid until this returns. */
  void received(ReplicationLink link, byte[] array, int offset, int length);

  /** A connection is no more. */
  void linkDown(ReplicationLink link);

  /** Of a node that replicates nothing. */
  ReplicationPeer NONE =
      new ReplicationPeer() {
        @Override
        public void linkUp(ReplicationLink link) {}

        @Override
        public void received(ReplicationLink link, byte[] array, int offset, int length) {}

        @Override
        public void linkDown(ReplicationLink link) {}
      };
}
