package io.slotcast.broker.migration;

import io.slotcast.broker.migration.MigrationMessage.GiveSlot;
import io.slotcast.broker.migration.MigrationMessage.SlotGiven;
import io.slotcast.router.NodeId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** {@link MigrationMessage}s as bytes: one that tells the kind, then the parts in their order. */
final class MigrationCodec {
  private static final int GIVE_SLOT = 1;
  private static final int SLOT_GIVEN = 2;

  private MigrationCodec() {}

  static byte[] encode(MigrationMessage message) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      write(message, new DataOutputStream(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
    return bytes.toByteArray();
  }

  private static void write(MigrationMessage message, DataOutputStream out) throws IOException {
    switch (message) {
      case GiveSlot(int slot, NodeId target) -> {
        out.writeByte(GIVE_SLOT);
        out.writeShort(slot);
        out.writeUTF(target.hex());
      }
      case SlotGiven(String error) -> {
        out.writeByte(SLOT_GIVEN);
        out.writeUTF(error);
      }
    }
  }

  /**
   * @throws IOException if the bytes are no message
   */
  static MigrationMessage decode(byte[] bytes) throws IOException {
    DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes));
    try {
      int kind = in.readByte();
      return switch (kind) {
        case GIVE_SLOT -> new GiveSlot(in.readUnsignedShort(), new NodeId(in.readUTF()));
        case SLOT_GIVEN -> new SlotGiven(in.readUTF());
        default -> throw new IOException("no message of kind " + kind);
      };
    } catch (IllegalArgumentException malformed) {
      throw new IOException(malformed.getMessage(), malformed);
    }
  }
}
