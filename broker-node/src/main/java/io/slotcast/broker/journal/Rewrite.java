package io.slotcast.broker.journal;

import io.slotcast.broker.effect.EffectSink;
import io.slotcast.broker.effect.EffectStream;
import io.slotcast.broker.keyspace.Slot;
import io.slotcast.broker.keyspace.SlotTable;
import io.slotcast.membership.folder.FailureReason;
import io.slotcast.router.SlotHash;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A journal while it is written anew: slot by slot its keys go to a new base, on a thread of the
 * rewrite's own; and of what the journal's writer reads from the stream, a new increment gets all
 * that happened to a slot after it was captured. The old journal is written on meanwhile, so that a
 * crash at any moment finds one of the two whole.
 *
 * <p>The stream does not say whose a unit is: a sink notes each unit's slot in their order, which
 * is the order in which the writer reads them.
 */
final class Rewrite implements SlotFile.Captures {
  private static final Logger log = LoggerFactory.getLogger(Rewrite.class);

  /** Of a slot that was not captured yet. */
  private static final long NEVER = Long.MAX_VALUE;

  /** What becomes of a rewrite. Called once, by the thread that ended it. */
  interface Outcome {
    /**
     * The base is complete, and the increment has all that came later, both durable: makes them the
     * journal.
     */
    void complete() throws IOException;

    void ended(@Nullable IOException failure);
  }

  private record Unit(long from, int slot, int length) {}

  private final EffectStream stream;
  private final EffectSink sink;
  private final Outcome outcome;

  /** Up to where the stream is in the base, by slot. */
  private final AtomicLongArray captured = new AtomicLongArray(SlotHash.SLOTS);

  private final Object lock = new Object();
  private final ArrayDeque<Unit> units = new ArrayDeque<>(); // guarded by lock

  /** Owned by the journal's writer. */
  private final JournalFile increment;

  /** All slots are captured before that offset; set by the rewrite's thread. */
  private volatile long readyAt = NEVER;

  private volatile boolean over;

  Rewrite(EffectStream stream, JournalFile increment, Outcome outcome) {
    this.stream = stream;
    this.increment = increment;
    this.outcome = outcome;
    this.sink = this::note;
    for (int slot = 0; slot < SlotHash.SLOTS; slot++) {
      captured.set(slot, NEVER);
    }
  }

  /** Notes units from now on; to be called before the writer knows of the rewrite. */
  void start() {
    stream.add(sink);
  }

  /** Under the stream's lock: its offset is where the unit begins. */
  private void note(int slot, byte[] array, int offset, int length) {
    Unit unit = new Unit(stream.offset(), slot, length);
    synchronized (lock) {
      units.add(unit);
    }
  }

  // ---- On the rewrite's thread ----

  /**
   * A slot that nobody has used has nothing to capture: all that ever happens to it comes later.
   * The lock has the writer see that before it sees the slot's first unit.
   */
  @Override
  public @Nullable Slot look(SlotTable slots, int number) {
    synchronized (lock) {
      long before = stream.offset();
      Slot slot = slots.find(number);
      if (slot == null) {
        captured.set(number, before);
      }
      return slot;
    }
  }

  @Override
  public void captured(int slot) {
    captured.set(slot, stream.offset());
  }

  /** The base is whole and durable. */
  void baseIsDone() {
    readyAt = stream.offset();
  }

  /** Nothing comes of it. */
  void fail(IOException failure) {
    if (end()) {
      closeIncrement();
      outcome.ended(failure);
    }
  }

  private synchronized boolean end() {
    boolean ends = !over;
    over = true;
    stream.remove(sink);
    return ends;
  }

  private void closeIncrement() {
    try {
      increment.close();
    } catch (IOException e) {
      log.warn("{}: {}", increment.path(), FailureReason.of(e));
    }
  }

  // ---- On the thread of the journal's writer ----

  boolean isOver() {
    return over;
  }

  /** Whether the increment is as complete as the old journal. */
  boolean isReady(long position) {
    return !over && position >= readyAt;
  }

  /** Takes what lies in the stream from an offset on, whole units. */
  void take(long from, byte[] array, int offset, int length) {
    try {
      long at = from;
      Unit unit;
      while ((unit = nextUnit(at, from + length)) != null) {
        at = unit.from + unit.length;
        if (isLater(unit)) {
          increment.append(array, offset + (int) (unit.from - from), unit.length);
        }
      }
    } catch (IOException e) {
      fail(e);
    }
  }

  /** The first unit noted that begins in that range of offsets; those before it are forgotten. */
  private @Nullable Unit nextUnit(long from, long to) {
    synchronized (lock) {
      while (units.peek() != null && units.peek().from < from) {
        units.poll();
      }
      return units.peek() == null || units.peek().from >= to ? null : units.poll();
    }
  }

  private boolean isLater(Unit unit) {
    synchronized (lock) {
      return unit.from + unit.length > captured.get(unit.slot);
    }
  }

  /** Makes the rewritten journal the journal; returns its increment, null if that failed. */
  @Nullable JournalFile complete() {
    try {
      increment.sync();
      outcome.complete();
    } catch (IOException e) {
      fail(e);
      return null;
    }
    if (end()) {
      outcome.ended(null);
    }
    return increment;
  }
}
