package io.slotcast.broker.migration;

import io.slotcast.broker.migration.MigrationMessage.Abort;
import io.slotcast.broker.migration.MigrationMessage.Applied;
import io.slotcast.broker.migration.MigrationMessage.CountKeys;
import io.slotcast.broker.migration.MigrationMessage.Data;
import io.slotcast.broker.migration.MigrationMessage.Ended;
import io.slotcast.broker.migration.MigrationMessage.Finish;
import io.slotcast.broker.migration.MigrationMessage.GiveSlot;
import io.slotcast.broker.migration.MigrationMessage.KeyCounts;
import io.slotcast.broker.migration.MigrationMessage.Open;
import io.slotcast.broker.migration.MigrationMessage.Opened;
import io.slotcast.broker.migration.MigrationMessage.Piece;
import io.slotcast.broker.migration.MigrationMessage.Ready;
import io.slotcast.broker.migration.MigrationMessage.RouteBy;
import io.slotcast.broker.migration.MigrationMessage.RoutesBy;
import io.slotcast.broker.migration.MigrationMessage.SlotGiven;
import io.slotcast.broker.migration.MigrationMessage.Start;
import io.slotcast.broker.migration.MigrationMessage.Verdict;
import io.slotcast.broker.migration.MigrationMessage.Wanted;
import io.slotcast.router.NodeId;
import io.slotcast.router.SlotHash;
import io.slotcast.router.SlotRange;
import io.slotcast.router.SlotSet;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/** {@link MigrationMessage}s as bytes: one that tells the kind, then the parts in their order. */
final class MigrationCodec {
  private static final int GIVE_SLOT = 1;
  private static final int SLOT_GIVEN = 2;
  private static final int WANTED = 3;
  private static final int OPEN = 4;
  private static final int OPENED = 5;
  private static final int DATA = 6;
  private static final int APPLIED = 7;
  private static final int FINISH = 8;
  private static final int READY = 9;
  private static final int ABORT = 10;
  private static final int VERDICT = 11;
  private static final int START = 12;
  private static final int ENDED = 13;
  private static final int COUNT_KEYS = 14;
  private static final int KEY_COUNTS = 15;
  private static final int ROUTE_BY = 16;
  private static final int ROUTES_BY = 17;

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
      case SlotGiven(String error) -> text(SLOT_GIVEN, error, out);
      case Wanted(String name, SlotSet slots) -> {
        text(WANTED, name, out);
        slots(slots, out);
      }
      case Open(String name, SlotSet slots) -> {
        text(OPEN, name, out);
        slots(slots, out);
      }
      case Opened() -> out.writeByte(OPENED);
      case Data data -> data(data, out);
      case Applied(long bytes) -> number(APPLIED, bytes, out);
      case Finish(long sequence) -> number(FINISH, sequence, out);
      case Ready() -> out.writeByte(READY);
      case Abort(String reason) -> text(ABORT, reason, out);
      case Verdict() -> out.writeByte(VERDICT);
      case Start(String name, SlotSet slots, NodeId target) -> {
        text(START, name, out);
        slots(slots, out);
        out.writeUTF(target.hex());
      }
      case Ended(String error) -> text(ENDED, error, out);
      case RouteBy(long epoch) -> number(ROUTE_BY, epoch, out);
      case RoutesBy() -> out.writeByte(ROUTES_BY);
      case CountKeys() -> out.writeByte(COUNT_KEYS);
      case KeyCounts(SlotSet slots, List<Integer> keys) -> {
        out.writeByte(KEY_COUNTS);
        slots(slots, out);
        for (int count : keys) {
          out.writeInt(count);
        }
      }
    }
  }

  private static void text(int kind, String text, DataOutputStream out) throws IOException {
    out.writeByte(kind);
    out.writeUTF(text);
  }

  private static void number(int kind, long number, DataOutputStream out) throws IOException {
    out.writeByte(kind);
    out.writeLong(number);
  }

  private static void slots(SlotSet slots, DataOutputStream out) throws IOException {
    List<SlotRange> ranges = slots.ranges();
    out.writeShort(ranges.size());
    for (SlotRange range : ranges) {
      out.writeShort(range.first());
      out.writeShort(range.last());
    }
  }

  private static void data(Data data, DataOutputStream out) throws IOException {
    number(DATA, data.sequence(), out);
    out.writeInt(data.pieces().size());
    for (Piece piece : data.pieces()) {
      out.writeShort(piece.slot());
      out.writeBoolean(piece.isImage());
      out.writeInt(piece.bytes().length);
      out.write(piece.bytes());
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
        case GIVE_SLOT -> new GiveSlot(slot(in), new NodeId(in.readUTF()));
        case SLOT_GIVEN -> new SlotGiven(in.readUTF());
        case WANTED -> new Wanted(in.readUTF(), slots(in));
        case OPEN -> new Open(in.readUTF(), slots(in));
        case OPENED -> new Opened();
        case DATA -> data(in);
        case APPLIED -> new Applied(in.readLong());
        case FINISH -> new Finish(in.readLong());
        case READY -> new Ready();
        case ABORT -> new Abort(in.readUTF());
        case VERDICT -> new Verdict();
        case START -> new Start(in.readUTF(), slots(in), new NodeId(in.readUTF()));
        case ENDED -> new Ended(in.readUTF());
        case ROUTE_BY -> new RouteBy(in.readLong());
        case ROUTES_BY -> new RoutesBy();
        case COUNT_KEYS -> new CountKeys();
        case KEY_COUNTS -> keyCounts(in);
        default -> throw new IOException("no message of kind " + kind);
      };
    } catch (IllegalArgumentException malformed) {
      throw new IOException(malformed.getMessage(), malformed);
    }
  }

  private static int slot(DataInputStream in) throws IOException {
    int slot = in.readUnsignedShort();
    if (slot >= SlotHash.SLOTS) {
      throw new IOException("no slot " + slot);
    }
    return slot;
  }

  private static SlotSet slots(DataInputStream in) throws IOException {
    List<SlotRange> ranges = new ArrayList<>();
    for (int left = in.readUnsignedShort(); left > 0; left--) {
      ranges.add(new SlotRange(slot(in), slot(in)));
    }
    return SlotSet.of(ranges);
  }

  private static KeyCounts keyCounts(DataInputStream in) throws IOException {
    SlotSet slots = slots(in);
    List<Integer> keys = new ArrayList<>();
    for (int left = slots.size(); left > 0; left--) {
      keys.add(in.readInt());
    }
    return new KeyCounts(slots, keys);
  }

  private static Data data(DataInputStream in) throws IOException {
    long sequence = in.readLong();
    int count = in.readInt();
    List<Piece> pieces = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int slot = slot(in);
      boolean isImage = in.readBoolean();
      int length = in.readInt();
      if (length < 0 || length > in.available()) {
        throw new IOException("a piece of " + length + " bytes in " + in.available());
      }
      pieces.add(new Piece(slot, isImage, in.readNBytes(length)));
    }
    return new Data(sequence, pieces);
  }
}
