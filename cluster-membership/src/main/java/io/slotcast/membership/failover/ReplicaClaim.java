package io.slotcast.membership.failover;

import io.slotcast.router.NodeId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
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

  private static final int VERSION = 1;

  public byte[] encoded() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(64);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      out.writeUTF(primary.hex());
      out.writeLong(run);
      out.writeBoolean(holds);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** Empty if the bytes are no such fact, or of a version that this node does not know. */
  public static Optional<ReplicaClaim> decode(byte[] bytes) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      if (in.readByte() != VERSION) {
        return Optional.empty();
      }
      return Optional.of(
          new ReplicaClaim(new NodeId(in.readUTF()), in.readLong(), in.readBoolean()));
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
