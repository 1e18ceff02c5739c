package io.slotcast.broker.replication;

import io.slotcast.broker.effect.EffectStream;
import io.slotcast.broker.keyspace.Slot;
import io.slotcast.broker.keyspace.SlotTable;
import io.slotcast.broker.keyspace.rdb.SlotImages;
import io.slotcast.broker.peer.ReplicationLink;
import io.slotcast.broker.replication.Message.Received;
import io.slotcast.broker.resp.GrowingSink;
import io.slotcast.broker.resp.ProtocolException;
import io.slotcast.membership.failover.ReplicaPosition;
import io.slotcast.router.NodeId;
import io.slotcast.router.SlotHash;
import java.util.BitSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A replica's side: asks the primary for its stream, repeats what comes, and says how far it is.
 *
 * <pre>
 * IDLE      a primary is named                         → ASKED
 * ASKED     CONTINUE                                   → FOLLOWING
 * ASKED     FULL: all keys are dropped                 → LOADING
 * LOADING   END_OF_SYNC                                → FOLLOWING
 * any       the link or the session is lost, or what comes does not fit → ASKED, with a new session
 * any       frozen, for the shard may get another primary: nothing is taken in until it has one
 * any       this node is to be the primary, or in no shard → IDLE
 * </pre>
 *
 * <p>Guarded by its own monitor, which is taken before any slot's lock.
 */
final class Follower {
  private static final Logger log = LoggerFactory.getLogger(Follower.class);

  /** How long an answer is waited for before it is asked again. */
  private static final long ASK_AGAIN_NANOS = 1_000_000_000;

  /** The kind, the session and the offset before bytes of the stream. */
  private static final int STREAM_HEAD = 1 + 8 + 8;

  /** The kind, the session, the slot and the piece before bytes of an image. */
  private static final int IMAGE_HEAD = 1 + 8 + 4 + 1;

  /** Acknowledged as long as images are to come: nothing that counts is here yet. */
  static final long INCOMPLETE = -1;

  enum Phase {
    IDLE,
    ASKED,
    LOADING,
    FOLLOWING
  }

  private final EffectStream stream;
  private final SlotTable slots;
  private final SlotImages images;
  private final EffectRepeater.Factory repeaters;
  private final NodeStanding standing;
  private final LongSupplier nanos;
  private final LongSupplier durable;
  private final AtomicLong lastSession;
  private final Message message = new Message();

  private volatile Phase phase = Phase.IDLE;
  private volatile @Nullable NodeId primary;
  private long shardEpoch;

  /** Nothing is taken in while the shard's epoch is this or a lower one; -1: it is not frozen. */
  private long frozenEpoch = -1;

  private @Nullable ReplicationLink link;
  private long session;
  private long askedNanos;
  private StreamName name;
  private @Nullable EffectRepeater repeater;

  /** The beginning of a unit whose rest has not come yet. */
  private byte[] rest = new byte[0];

  private int restLength;

  /** The bytes of this session that have come. */
  private long receivedBytes;

  private boolean ackWaits;

  /** The slots whose image has come, while images come. */
  private final BitSet captured = new BitSet(SlotHash.SLOTS);

  private final GrowingSink part = new GrowingSink(1024);

  // Written under the monitor, read by any thread.
  private volatile boolean complete;

  /** Whether it has come to follow the primary that it has now. */
  private volatile boolean hasFollowed;

  private volatile long heardNanos;
  private volatile long primaryOffset;
  private volatile long downSinceNanos;
  private final AtomicLong failedEffects = new AtomicLong();

  Follower(
      EffectStream stream,
      SlotTable slots,
      SlotImages images,
      EffectRepeater.Factory repeaters,
      NodeStanding standing,
      LongSupplier nanos,
      LongSupplier durable,
      long firstSession,
      StreamName name) {
    this.stream = stream;
    this.slots = slots;
    this.images = images;
    this.repeaters = repeaters;
    this.standing = standing;
    this.nanos = nanos;
    this.durable = durable;
    this.lastSession = new AtomicLong(firstSession);
    this.name = name;
    this.heardNanos = nanos.getAsLong();
    this.downSinceNanos = heardNanos;
  }

  // ---- Whom it follows ----

  /** Follows {@code newPrimary} from now on; of no effect if it does so already. */
  synchronized void follow(NodeId newPrimary, long epoch, @Nullable ReplicationLink to) {
    boolean thaws = frozenEpoch >= 0 && epoch > frozenEpoch;
    shardEpoch = epoch;
    if (thaws) {
      frozenEpoch = -1;
    }
    if (newPrimary.equals(primary) && !thaws) {
      return;
    }
    slots.passive(true);
    standing.loading(!complete);
    if (!newPrimary.equals(primary)) {
      hasFollowed = false;
    }
    primary = newPrimary;
    downSinceNanos = nanos.getAsLong();
    lose();
    link = to;
    ask();
  }

  /** Follows nobody any more; what has come whole is there. */
  synchronized void stop() {
    phase = Phase.IDLE;
    primary = null;
    link = null;
    session = 0;
    frozenEpoch = -1;
    restLength = 0;
    standing.loading(false);
  }

  /**
   * Takes in and acknowledges nothing more until the shard's epoch is above {@code epoch}; of no
   * effect if it is already.
   */
  synchronized ReplicaPosition freeze(NodeId of, long epoch, Supplier<ReplicaPosition> position) {
    if (of.equals(primary) && epoch >= shardEpoch) {
      frozenEpoch = epoch;
      lose();
    }
    return position.get();
  }

  boolean isFollowing() {
    return primary != null;
  }

  // ---- The link ----

  synchronized void linkUp(ReplicationLink newLink) {
    if (newLink.peer().equals(primary)) {
      lose();
      link = newLink;
      ask();
    }
  }

  synchronized void linkDown(ReplicationLink oldLink) {
    if (oldLink == link) {
      link = null;
      lose();
    }
  }

  /** The session is over; what was loaded stays, and may be incomplete. */
  private void lose() {
    if (phase == Phase.FOLLOWING) {
      downSinceNanos = nanos.getAsLong();
    }
    phase = Phase.ASKED;
    session = 0;
    restLength = 0;
    part.clear();
  }

  private void ask() {
    ReplicationLink to = link;
    if (to == null || frozenEpoch >= 0) {
      return;
    }
    session = lastSession.incrementAndGet();
    askedNanos = nanos.getAsLong();
    receivedBytes = 0;
    ackWaits = false;
    long asked = session;
    to.atEnd(() -> sendRequest(to, asked));
  }

  private synchronized void sendRequest(ReplicationLink to, long asked) {
    if (asked == session && to == link) {
      // What is incomplete is under no name.
      String known = complete ? name.id() : StreamName.of("0".repeat(Message.NAME)).id();
      message
          .begin(MessageKind.SYNC_REQUEST, session)
          .number(shardEpoch)
          .name(known)
          .number(stream.offset())
          .sendTo(to);
    }
  }

  /** Called about once a second. */
  synchronized void tick(long timeoutMillis) {
    ReplicationLink to = link;
    if (primary == null || to == null || frozenEpoch >= 0) {
      return;
    }
    long now = nanos.getAsLong();
    if (phase == Phase.ASKED) {
      if (now - askedNanos >= ASK_AGAIN_NANOS) {
        ask();
      }
    } else if (now - heardNanos > timeoutMillis * 1_000_000) {
      log.warn("Nothing heard from the primary {} for {} ms", primary, timeoutMillis);
      lose();
      ask();
    } else {
      acknowledgeSoon(to);
    }
  }

  // ---- What comes ----

  /** A message of the session has arrived; what does not fit begins another. */
  synchronized void received(ReplicationLink from, Received in) {
    if (from != link || in.session() != session || session == 0) {
      return;
    }
    heardNanos = nanos.getAsLong();
    try {
      take(from, in);
    } catch (RuntimeException | ProtocolException e) {
      log.error("What the primary {} sent cannot be taken in: starting anew", primary, e);
      complete = false;
      lose();
      ask();
    }
  }

  private void take(ReplicationLink from, Received in) throws ProtocolException {
    switch (in.kind()) {
      case CONTINUE -> goOn(from, in.name());
      case FULL -> load(from, in.name(), in.number());
      case STREAM -> {
        receivedBytes += in.length() + STREAM_HEAD;
        repeat(in.number(), in);
        acknowledgeSoon(from);
      }
      case IMAGE -> {
        receivedBytes += in.length() + IMAGE_HEAD;
        takePiece(in.slot(), in.piece(), in);
        acknowledgeSoon(from);
      }
      case EMPTY -> captured.set(in.slot(), in.slot() + 1);
      case END_OF_SYNC -> {
        if (captured.cardinality() != SlotHash.SLOTS) {
          throw new IllegalStateException("images of " + captured.cardinality() + " slots");
        }
        complete = true;
        standing.loading(false);
        follows();
        acknowledgeSoon(from);
      }
      case HEARTBEAT -> primaryOffset = in.number();
      case NO_SESSION -> {
        lose();
        ask();
      }
      case SYNC_REQUEST, ACK -> throw new IllegalArgumentException(in.kind() + " from a primary");
    }
  }

  private void goOn(ReplicationLink from, String newName) {
    log.info("Going on with the primary {} from offset {}", primary, stream.offset());
    if (!newName.equals(name.id())) {
      name = name.goingOnAs(newName, stream.offset());
    }
    begin(from);
    captured.set(0, SlotHash.SLOTS);
    follows();
    acknowledgeSoon(from);
  }

  private void load(ReplicationLink from, String newName, long offset) {
    log.info("Loading all keys of the primary {}", primary);
    complete = false;
    standing.loading(true);
    slots.forEach(slot -> slot.keys().discard());
    stream.restart(offset);
    name = StreamName.of(newName);
    captured.clear();
    begin(from);
    phase = Phase.LOADING;
    acknowledgeSoon(from);
  }

  private void begin(ReplicationLink from) {
    restLength = 0;
    part.clear();
    repeater =
        repeaters.on(
            from.loop(),
            captured::get,
            this::repeated,
            (command, error) -> {
              failedEffects.incrementAndGet();
              log.error("An effect of the primary failed here: {}: {}", command, error);
            });
  }

  private void follows() {
    hasFollowed = true;
    phase = Phase.FOLLOWING;
  }

  private void repeat(long offset, Received in) throws ProtocolException {
    EffectRepeater by = repeater;
    if (by == null || offset != stream.offset() + restLength) {
      throw new IllegalStateException("offset " + offset + " behind " + stream.offset());
    }
    int at = in.offset();
    int end = at + in.length();
    if (restLength == 0) {
      int done = by.run(in.array(), at, end);
      keep(in.array(), done, end - done);
    } else {
      keep(in.array(), at, end - at);
      int done = by.run(rest, 0, restLength);
      restLength -= done;
      System.arraycopy(rest, done, rest, 0, restLength);
    }
  }

  private void keep(byte[] array, int offset, int length) {
    if (rest.length < restLength + length) {
      byte[] larger = new byte[Math.max(restLength + length, 2 * rest.length)];
      System.arraycopy(rest, 0, larger, 0, restLength);
      rest = larger;
    }
    System.arraycopy(array, offset, rest, restLength, length);
    restLength += length;
  }

  /** A unit was repeated, or passed over: this node's own stream goes on with it. */
  private void repeated(int slot, byte[] array, int offset, int length) {
    if (slot >= 0 && captured.get(slot)) {
      slots.get(slot).effects().append(array, offset, length);
    } else {
      stream.append(slot, array, offset, length);
    }
  }

  private void takePiece(int number, ImagePiece piece, Received in) {
    Slot slot = slots.get(number);
    part.write(in.array(), in.offset(), in.length());
    if (piece == ImagePiece.WITHIN) {
      return;
    }
    slot.lock();
    try {
      images.load(part.array(), 0, part.length(), slot, System.currentTimeMillis());
    } finally {
      slot.unlock();
    }
    part.clear();
    if (piece == ImagePiece.ENDS_IMAGE) {
      captured.set(number);
    }
  }

  // ---- How far it is ----

  private void acknowledgeSoon(ReplicationLink to) {
    if (!ackWaits) {
      ackWaits = true;
      to.atEnd(() -> acknowledge(to));
    }
  }

  private synchronized void acknowledge(ReplicationLink to) {
    ackWaits = false;
    if (to == link && session != 0 && phase != Phase.ASKED) {
      message
          .begin(MessageKind.ACK, session)
          .number(complete ? stream.offset() : INCOMPLETE)
          .number(durable.getAsLong())
          .number(receivedBytes)
          .sendTo(to);
    }
  }

  /** What is here is the stream's own beginning, or was taken over: this node is a primary. */
  synchronized void leads() {
    complete = true;
  }

  synchronized StreamName name() {
    return name;
  }

  /** The stream goes on under another name; of a node that follows nobody. */
  synchronized void name(StreamName newName) {
    name = newName;
  }

  @Nullable NodeId primary() {
    return primary;
  }

  Phase phase() {
    return phase;
  }

  /** Whether what is here is all that the stream had made up to its offset. */
  boolean isComplete() {
    return complete;
  }

  /** Whether what is here is a beginning of the stream of the primary that it has now. */
  boolean hasPrimarysData() {
    return complete && hasFollowed;
  }

  long silentNanos() {
    return Math.max(nanos.getAsLong() - heardNanos, 0);
  }

  /** Since when the link is down, while it is. */
  long downNanos() {
    return Math.max(nanos.getAsLong() - downSinceNanos, 0);
  }

  long primaryOffset() {
    return Math.max(primaryOffset, stream.offset());
  }

  long failedEffects() {
    return failedEffects.get();
  }
}
