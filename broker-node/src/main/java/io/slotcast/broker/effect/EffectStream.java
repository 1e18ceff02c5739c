package io.slotcast.broker.effect;

import io.slotcast.broker.resp.Request;
import java.util.Arrays;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The effects of all writes to a node's keys as one stream of RESP commands, in which the journal,
 * replicas and moving slots see the same. An offset counts its bytes, as Redis' replication offset
 * does. Units (see {@link EffectSink}) lie whole in chunks that readers share; what no reader and
 * no backlog needs any more is garbage.
 *
 * <p>Its lock is taken under a slot's lock and is held while a unit is copied. Safe from any
 * thread.
 */
public final class EffectStream {
  private static final int CHUNK = 64 * 1024;

  /** Room behind a unit that writing numbers wants. */
  private static final int SLACK = 32;

  private final ReentrantLock lock = new ReentrantLock();
  private EffectChunk tail = new EffectChunk(0, 0); // guarded by lock

  /** The first chunk that is linked to those behind it. Guarded by lock. */
  private EffectChunk linked = tail;

  /** The first chunk of the backlog; null while none is kept. Guarded by lock. */
  private @Nullable EffectChunk oldest;

  private long backlog; // guarded by lock

  /** Written under lock, read by any thread. */
  private volatile long offset;

  /** Counts the histories; written under lock. */
  private volatile int history;

  private volatile boolean wanted;
  private volatile EffectSink[] sinks = new EffectSink[0];
  private volatile EffectReader[] readers = new EffectReader[0];

  /** Whether anyone takes effects: if not, none need be made. */
  public boolean isWanted() {
    return wanted;
  }

  /** How many bytes were appended since the history's beginning. */
  public long offset() {
    return offset;
  }

  /** Changes with each {@link #restart}: offsets of different histories have nothing in common. */
  int history() {
    return history;
  }

  // ---- Who takes effects ----

  /** From now on {@code sink} is given every unit. */
  public void add(EffectSink sink) {
    lock.lock();
    try {
      EffectSink[] more = Arrays.copyOf(sinks, sinks.length + 1);
      more[sinks.length] = sink;
      sinks = more;
      considerWanted();
    } finally {
      lock.unlock();
    }
  }

  public void remove(EffectSink sink) {
    lock.lock();
    try {
      sinks = Arrays.stream(sinks).filter(each -> each != sink).toArray(EffectSink[]::new);
      considerWanted();
    } finally {
      lock.unlock();
    }
  }

  /**
   * A reader from the stream's end on.
   *
   * @param onMore see {@link EffectReader#awaitMore}
   */
  public EffectReader read(Runnable onMore) {
    lock.lock();
    try {
      return register(new EffectReader(this, tail, offset, onMore));
    } finally {
      lock.unlock();
    }
  }

  /** A reader from {@code from} on, where a unit begins; null if that is not kept any more. */
  public @Nullable EffectReader readFrom(long from, Runnable onMore) {
    lock.lock();
    try {
      EffectChunk chunk = from == offset ? tail : oldest;
      if (chunk == null || from < chunk.start() || from > offset) {
        return null;
      }
      EffectChunk next = chunk.next();
      while (next != null && from >= next.start()) {
        chunk = next;
        next = chunk.next();
      }
      return register(new EffectReader(this, chunk, from, onMore));
    } finally {
      lock.unlock();
    }
  }

  private EffectReader register(EffectReader reader) {
    EffectReader[] more = Arrays.copyOf(readers, readers.length + 1);
    more[readers.length] = reader;
    readers = more;
    considerWanted();
    return reader;
  }

  void remove(EffectReader reader) {
    lock.lock();
    try {
      readers = Arrays.stream(readers).filter(each -> each != reader).toArray(EffectReader[]::new);
      cut();
      considerWanted();
    } finally {
      lock.unlock();
    }
  }

  private void considerWanted() {
    wanted = sinks.length > 0 || readers.length > 0 || backlog > 0;
  }

  // ---- The backlog ----

  /**
   * Keeps at least the last {@code bytes} from now on, for who comes back; 0: nothing is kept.
   * While something is kept, effects are wanted.
   */
  public void keep(long bytes) {
    lock.lock();
    try {
      backlog = bytes;
      if (bytes == 0) {
        oldest = null;
      } else if (oldest == null) {
        oldest = tail;
      }
      trim();
      cut();
      considerWanted();
    } finally {
      lock.unlock();
    }
  }

  /** The offset of the first byte that is kept; {@link #offset()} if none is. */
  public long keptFrom() {
    lock.lock();
    try {
      return oldest == null ? offset : oldest.start();
    } finally {
      lock.unlock();
    }
  }

  private void trim() {
    EffectChunk first = oldest;
    while (first != null) {
      EffectChunk next = first.next();
      if (next == null || offset - next.start() < backlog) {
        break;
      }
      first = next;
    }
    oldest = first;
  }

  // ---- Appending; each returns the offset behind the unit ----

  /** A unit of one effect. The caller holds the slot's lock. */
  public long append(int slot, byte[]... words) {
    int length = EffectBytes.length(words);
    lock.lock();
    try {
      EffectChunk chunk = room(length);
      int from = chunk.length();
      EffectBytes.write(chunk, words);
      return appended(slot, chunk, from, length);
    } finally {
      unlockAndWake();
    }
  }

  /** A unit of one effect, which is a request as it was made. The caller holds the slot's lock. */
  public long append(int slot, Request request) {
    int begin = request.wireOffset();
    if (begin < 0) {
      return append(slot, request.words());
    }
    return append(slot, request.array(), begin, request.wireLength());
  }

  /** A unit that is written out already. The caller holds the slot's lock. */
  public long append(int slot, byte[] array, int from, int length) {
    lock.lock();
    try {
      EffectChunk chunk = room(length);
      int at = chunk.length();
      chunk.write(array, from, length);
      return appended(slot, chunk, at, length);
    } finally {
      unlockAndWake();
    }
  }

  private EffectChunk room(int length) {
    if (!tail.hasRoom(length + SLACK)) {
      EffectChunk next = new EffectChunk(offset, Math.max(CHUNK, length + SLACK));
      tail.next(next);
      tail = next;
      if (oldest != null) {
        trim();
      }
      cut();
    }
    return tail;
  }

  /** Cuts the chunks that neither the backlog nor a reader needs from those behind them. */
  private void cut() {
    long needed = (oldest == null ? tail : oldest).start();
    for (EffectReader reader : readers) {
      needed = Math.min(needed, reader.position());
    }
    EffectChunk chunk = linked;
    EffectChunk next;
    // A reader at a chunk's end still goes on from it.
    while (chunk.end() < needed && (next = chunk.next()) != null) {
      chunk.cut();
      chunk = next;
    }
    linked = chunk;
  }

  private long appended(int slot, EffectChunk chunk, int from, int length) {
    // Before readers see the unit, so that one who asks a sink about it gets an answer.
    for (EffectSink sink : sinks) {
      sink.unit(slot, chunk.array(), from, length);
    }
    chunk.publish();
    long end = offset + length;
    offset = end;
    return end;
  }

  private void unlockAndWake() {
    lock.unlock();
    for (EffectReader reader : readers) {
      reader.wake();
    }
  }

  /**
   * Goes on with another history, of which {@code at} bytes went before: what this node's keys now
   * hold came another way. Readers of the old one are outdated.
   */
  public void restart(long at) {
    EffectReader[] old;
    lock.lock();
    try {
      old = readers;
      readers = new EffectReader[0];
      offset = at;
      int before = history;
      history = before + 1;
      tail = new EffectChunk(at, 0);
      linked = tail;
      oldest = backlog > 0 ? tail : null;
      considerWanted();
    } finally {
      lock.unlock();
    }
    for (EffectReader reader : old) {
      reader.outdate();
    }
  }
}
