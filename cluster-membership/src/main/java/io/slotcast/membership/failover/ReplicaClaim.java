package io.slotcast.membership.failover;

import io.slotcast.router.NodeId;
import java.util.Optional;

/**
 * What each replica tells at all times: whose data it holds, so that a primary that was restarted
 * knows who has more than itself.
 *
 * @param primary whom it follows
 * @param run the number of the run of {@code primary} that it followed
 * @param holds whether it holds that run's data and would take over with it
 */
public record ReplicaClaim(NodeId primary, long run, boolean holds) {
  /** The name of this fact in the soft state. */
  public static final String NAME = "replica-claim";

  public byte[] encoded() {
    return FactBytes.encoded(
        out -> {
          out.writeUTF(primary.hex());
          out.writeLong(run);
          out.writeBoolean(holds);
        });
  }

  /** Empty if the bytes are no such fact, or of a version that this node does not know. */
  public static Optional<ReplicaClaim> decode(byte[] bytes) {
    return FactBytes.decode(
        bytes, in -> new ReplicaClaim(new NodeId(in.readUTF()), in.readLong(), in.readBoolean()));
  }
}
