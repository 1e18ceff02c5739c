package io.slotcast.broker.replication;

import io.slotcast.broker.effect.EffectReader;
import io.slotcast.broker.effect.EffectStream;
import io.slotcast.broker.keyspace.Slot;
import io.slotcast.broker.keyspace.SlotTable;
import io.slotcast.broker.keyspace.rdb.SlotImage;
import io.slotcast.broker.keyspace.rdb.SlotImages;
import io.slotcast.broker.peer.ReplicationLink;
import io.slotcast.router.NodeId;
import io.slotcast.router.SlotHash;
import org.jspecify.annotations.Nullable;

/**
 * Sends one replica what it needs: the stream of effects from where it is, and before that, if it
 * has nothing to go on from, an image of each slot, at the place in the stream where it was made.
 * It never sends more than the replica is known to keep up with, so what waits for a slow one is
 * the stream's own memory, and one image.
 *
 * <p>Owned by the link's loop, {@link #close} and what is read for statistics apart.
 */
final class Feeder {
  /** How many bytes may be under way that the replica has not said to have received. */
  static final int WINDOW = 4 << 20;

  /** How many bytes may wait on this side, before other frames of the link. */
  private static final int OUTPUT = 256 << 10;

  /** The longest slice of one frame, which fits in a socket's chunk. */
  private static final int SLICE = 15 << 10;

  private final ReplicationLink link;
  private final long session;
  private final EffectStream stream;
  private final SlotTable slots;
  private final SlotImages images;
  private final Message message = new Message();
  private final EffectReader reader;
  private final boolean full;

  /** The next slot to be captured; {@link SlotHash#SLOTS} when there is an image of each. */
  private int nextSlot;

  /** The image that is being sent; null while there is none. */
  private @Nullable SlotImage image;

  private int imageSlot;

  /** Where in the stream the image belongs. */
  private long imagePosition;

  private int part;
  private int partSent;
  private boolean endTold;
  private long sent;

  /** All was sent, and the reader wakes this when there is more. */
  private boolean idle;

  // Written by the loop, read by any thread.
  private volatile boolean online;
  private volatile long received;
  private volatile long acknowledged;
  private volatile long durable;
  private volatile long heardNanos;
  private volatile boolean closed;

  private Feeder(
      ReplicationLink link,
      long session,
      EffectStream stream,
      SlotTable slots,
      SlotImages images,
      long from,
      boolean full,
      long nowNanos) {
    this.link = link;
    this.session = session;
    this.stream = stream;
    this.slots = slots;
    this.images = images;
    this.full = full;
    this.nextSlot = full ? 0 : SlotHash.SLOTS;
    this.endTold = !full;
    this.online = !full;
    this.acknowledged = full ? 0 : from;
    this.heardNanos = nowNanos;
    EffectReader found = full ? null : stream.readFrom(from, this::wake);
    this.reader = found == null ? stream.read(this::wake) : found;
  }

  /** Goes on with a replica that has the stream up to {@code from}; null if it is not kept. */
  static @Nullable Feeder goingOn(
      ReplicationLink link,
      long session,
      EffectStream stream,
      SlotTable slots,
      SlotImages images,
      long from,
      long nowNanos) {
    Feeder feeder = new Feeder(link, session, stream, slots, images, from, false, nowNanos);
    if (feeder.reader.position() == from) {
      return feeder;
    }
    feeder.close();
    return null;
  }

  /** Begins with a replica that has nothing. */
  static Feeder fromTheBeginning(
      ReplicationLink link,
      long session,
      EffectStream stream,
      SlotTable slots,
      SlotImages images,
      long nowNanos) {
    return new Feeder(link, session, stream, slots, images, 0, true, nowNanos);
  }

  /** Tells the replica what is coming, and begins. */
  void begin(StreamName name) {
    if (full) {
      message.begin(MessageKind.FULL, session).name(name.id()).number(reader.position());
    } else {
      message.begin(MessageKind.CONTINUE, session).name(name.id());
    }
    message.sendTo(link);
    wake();
  }

  private void wake() {
    if (!closed) {
      link.atEnd(this::fill);
    }
  }

  // ---- Sending ----

  private boolean hasRoom() {
    return sent - received < WINDOW && link.pendingBytes() < OUTPUT;
  }

  /** Sends what there is and what may go; it goes on when the replica has acknowledged, or more. */
  private void fill() {
    idle = false;
    while (!closed && !reader.isOutdated() && hasRoom()) {
      if (image != null && reader.position() >= imagePosition) {
        sendPiece(image);
      } else if (image == null && nextSlot < SlotHash.SLOTS) {
        capture();
      } else if (image == null && !endTold) {
        endTold = true;
        message.begin(MessageKind.END_OF_SYNC, session).sendTo(link);
      } else if (sendStream() == 0) {
        idle = !reader.awaitMore();
        if (idle) {
          return;
        }
      }
    }
  }

  private int sendStream() {
    long limit = image == null ? Long.MAX_VALUE : imagePosition - reader.position();
    long from = reader.position();
    return reader.read(
        (array, offset, length) -> {
          int taken = (int) Math.min(Math.min(length, SLICE), limit);
          sent +=
              message
                  .begin(MessageKind.STREAM, session)
                  .number(from)
                  .sendTo(link, array, offset, taken);
          return taken;
        });
  }

  /** Captures the next slot; those that were never used are passed over together. */
  private void capture() {
    int first = nextSlot;
    Slot slot = slots.find(nextSlot);
    while (slot == null && ++nextSlot < SlotHash.SLOTS) {
      slot = slots.find(nextSlot);
    }
    if (nextSlot > first) {
      // What was not there has had no effect yet: those that come are all behind this position.
      message.begin(MessageKind.EMPTY, session).slot(first).slot(nextSlot - 1).sendTo(link);
    }
    if (slot == null) {
      return;
    }
    slot.lock();
    try {
      image = images.of(slot, link.loop().millis());
      imagePosition = stream.offset();
    } finally {
      slot.unlock();
    }
    imageSlot = nextSlot++;
    part = 0;
    partSent = 0;
  }

  private void sendPiece(SlotImage sending) {
    boolean isEmpty = sending.parts().isEmpty();
    byte[] bytes = isEmpty ? new byte[0] : sending.parts().get(part);
    int length = Math.min(bytes.length - partSent, SLICE);
    boolean endsPart = partSent + length == bytes.length;
    boolean endsImage = endsPart && part >= sending.parts().size() - 1;
    ImagePiece piece =
        endsImage ? ImagePiece.ENDS_IMAGE : endsPart ? ImagePiece.ENDS_PART : ImagePiece.WITHIN;
    sent +=
        message
            .begin(MessageKind.IMAGE, session)
            .slot(imageSlot)
            .piece(piece)
            .sendTo(link, bytes, partSent, length);
    partSent += length;
    if (endsPart) {
      part++;
      partSent = 0;
    }
    if (endsImage) {
      image = null;
    }
  }

  void heartbeat() {
    link.atEnd(
        () -> {
          if (!closed) {
            message.begin(MessageKind.HEARTBEAT, session).number(stream.offset()).sendTo(link);
          }
        });
  }

  // ---- What the replica says ----

  /** The replica has received so much of the session, and has the stream up to an offset. */
  void acknowledged(long offset, long onDisk, long bytes, long nowNanos) {
    heardNanos = nowNanos;
    received = bytes;
    online = offset != Follower.INCOMPLETE;
    acknowledged = Math.max(offset, 0);
    durable = onDisk;
    if (!idle) {
      wake();
    }
  }

  long session() {
    return session;
  }

  ReplicationLink link() {
    return link;
  }

  NodeId replica() {
    return link.peer();
  }

  /** Whether the replica has all there was when it came, and follows now. */
  boolean isOnline() {
    return online;
  }

  long acknowledgedOffset() {
    return acknowledged;
  }

  /** Up to which offset the replica's disk has the stream. */
  long durableOffset() {
    return durable;
  }

  long silentMillis(long nowNanos) {
    return Math.max(nowNanos - heardNanos, 0) / 1_000_000;
  }

  /** How far the replica is behind what it was sent, and that behind the stream. */
  long lag() {
    return reader.lag();
  }

  boolean isOutdated() {
    return reader.isOutdated();
  }

  /** From any thread. */
  void close() {
    closed = true;
    reader.close();
  }
}
