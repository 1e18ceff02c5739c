package io.slotcast.membership.bus;

import java.net.InetSocketAddress;

/** Where partitions are made: which links of one node lose all that is sent over them. */
@FunctionalInterface
public interface LinkFaults {
  LinkFaults NONE = peer -> false;

  /**
   * Whether packets to and from the bus address {@code peer} are lost now. Asked for each packet.
   */
  boolean cuts(InetSocketAddress peer);
}
