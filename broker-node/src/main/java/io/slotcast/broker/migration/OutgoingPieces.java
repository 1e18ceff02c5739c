package io.slotcast.broker.migration;

import io.slotcast.broker.effect.EffectSink;
import io.slotcast.broker.keyspace.Slot;
import io.slotcast.broker.keyspace.rdb.SlotImage;
import io.slotcast.broker.migration.MigrationMessage.Piece;
import io.slotcast.router.SlotHash;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.locks.ReentrantLock;

/**
 * What of some slots is still to be sent, in order: the image of each, from the moment of which on
 * its effects follow. Safe from any thread.
 */
final class OutgoingPieces implements EffectSink {
  private final long limit;
  private final Runnable onOverflow;
  private final ReentrantLock lock = new ReentrantLock();
  private final Queue<Piece> pieces = new ArrayDeque<>(); // guarded by lock
  private long waiting; // guarded by lock
  private boolean overflowed; // guarded by lock

  /** By slot, whether its image was added; each guarded by its slot's lock. */
  private final boolean[] copied = new boolean[SlotHash.SLOTS];

  /**
   * @param limit in bytes: more than this is not kept, since the target is too slow
   * @param onOverflow called once then, by whoever wrote, under locks: to do no more than wake
   *     somebody
   */
  OutgoingPieces(long limit, Runnable onOverflow) {
    this.limit = limit;
    this.onOverflow = onOverflow;
  }

  /** Adds a slot's image; its lock is held, and what it does from now on is added as well. */
  void add(Slot slot, SlotImage image) {
    copied[slot.number()] = true;
    lock.lock();
    try {
      for (byte[] part : image.parts()) {
        add(new Piece(slot.number(), true, part));
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void unit(int slot, byte[] array, int offset, int length) {
    if (!copied[slot]) {
      return;
    }
    lock.lock();
    try {
      if (waiting + length > limit) {
        overflow();
      } else {
        add(new Piece(slot, false, Arrays.copyOfRange(array, offset, offset + length)));
      }
    } finally {
      lock.unlock();
    }
  }

  private void add(Piece piece) {
    pieces.add(piece);
    waiting += piece.bytes().length;
  }

  private void overflow() {
    if (!overflowed) {
      overflowed = true;
      onOverflow.run();
    }
  }

  /** How many bytes wait. */
  long waiting() {
    lock.lock();
    try {
      return waiting;
    } finally {
      lock.unlock();
    }
  }

  /** Takes the next pieces, until they come to so many bytes; none if there are none. */
  List<Piece> take(long bytes) {
    List<Piece> taken = new ArrayList<>();
    long length = 0;
    lock.lock();
    try {
      Piece next;
      while (length < bytes && (next = pieces.poll()) != null) {
        taken.add(next);
        length += next.bytes().length;
      }
      waiting -= length;
    } finally {
      lock.unlock();
    }
    return taken;
  }
}
