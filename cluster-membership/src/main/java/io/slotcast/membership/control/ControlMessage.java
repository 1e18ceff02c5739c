package io.slotcast.membership.control;

import io.slotcast.membership.bus.Delivery;
import io.slotcast.membership.forming.FoundingMessage;
import io.slotcast.membership.register.ClusterId;
import io.slotcast.membership.register.Envelope;
import io.slotcast.membership.register.Message;
import io.slotcast.membership.register.RegisterValue;
import io.slotcast.router.Node;
import io.slotcast.router.NodeId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What travels on the bus. */
sealed interface ControlMessage {
  /**
   * Who a member of the bus is and what it knows: sent to each new member and to all once a second,
   * so that whoever missed something sees that it did.
   *
   * @param node the sender as it announces itself
   * @param incarnation which run of the sender this is
   * @param cluster its cluster; null for a fresh node
   * @param epoch the newest committed epoch that it knows; 0 for a fresh node
   * @param initialNodes how many nodes a new cluster is to begin with
   * @param foundingBegun whether it has accepted a cluster that is being founded
   * @param softSequence the number of its newest {@link SoftState}; 0 if it published nothing
   * @param answerWanted whether the sender knows nothing of the receiver yet
   */
  record Hello(
      Node node,
      long incarnation,
      @Nullable ClusterId cluster,
      long epoch,
      int initialNodes,
      boolean foundingBegun,
      long softSequence,
      boolean answerWanted)
      implements ControlMessage {}

  /** Between nodes that are in no cluster yet. */
  record Founding(NodeId from, FoundingMessage message) implements ControlMessage {}

  /** Of the register or the leases. */
  record Register(Envelope envelope) implements ControlMessage {}

  /**
   * All that a node has published, by name.
   *
   * @param sequence counts the sender's publications of this run, from 1
   */
  record Soft(
      ClusterId cluster, NodeId from, long incarnation, long sequence, Map<String, byte[]> entries)
      implements ControlMessage {
    public Soft {
      entries = Map.copyOf(entries);
    }
  }

  /** Asks for the receiver's {@link Soft}, an older one having been missed. */
  record SoftWanted() implements ControlMessage {}

  /**
   * How nodes that are to meet introduce themselves; travels as a note, outside any group.
   *
   * @param node the sender as it announces itself
   * @param known the newest committed value that it knows; null for a node in no cluster
   * @param answerWanted whether the receiver is to introduce itself in turn
   */
  record Introduction(Node node, @Nullable RegisterValue known, boolean answerWanted)
      implements ControlMessage {}

  /** Lease requests are repeated, with a new number, long before the lease is over. */
  default Delivery delivery() {
    boolean repeated =
        this instanceof Register(Envelope envelope)
            && switch (envelope.message()) {
              case Message.LeaseRequest ignored -> true;
              case Message.LeaseGranted ignored -> true;
              case Message.LeaseRefused ignored -> true;
              default -> false;
            };
    return repeated ? Delivery.BEST_EFFORT : Delivery.RELIABLE;
  }
}
