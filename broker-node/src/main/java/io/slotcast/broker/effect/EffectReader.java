package io.slotcast.broker.effect;

import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Follows the stream of effects from an offset: a replica's feeder, or the journal's writer. What a
 * reader has not read is kept for it in memory: its owner watches {@link #lag()} and closes one
 * that falls behind too far.
 *
 * <p>Owned by one thread at a time; {@link #position}, {@link #lag}, {@link #isOutdated} and {@link
 * #close} are for any.
 */
public final class EffectReader implements AutoCloseable {
  private final EffectStream stream;
  private final Runnable onMore;
  private final AtomicBoolean waiting = new AtomicBoolean();
  private @Nullable EffectChunk chunk;

  /** Written by the owner. */
  private volatile long position;

  /** Written under the stream's lock. */
  private volatile boolean outdated;

  EffectReader(EffectStream stream, EffectChunk chunk, long position, Runnable onMore) {
    this.stream = stream;
    this.chunk = chunk;
    this.position = position;
    this.onMore = onMore;
  }

  /** Takes a slice of the stream; the bytes never change and may be kept. */
  @FunctionalInterface
  public interface Taker {
    /**
     * @return how many of the bytes were taken, from the first on
     */
    int take(byte[] array, int offset, int length);
  }

  /**
   * Hands over the next bytes of the stream, as many as lie together: whole units, unless the taker
   * left off within one before.
   *
   * @return how many were taken; 0 if there were none or none were wanted
   */
  public int read(Taker taker) {
    EffectChunk current = chunk;
    while (current != null && position == current.end()) {
      EffectChunk next = current.next();
      if (next == null) {
        return 0;
      }
      if (position < current.end()) {
        break; // More came before the next one did.
      }
      chunk = next;
      current = next;
    }
    if (current == null) {
      return 0;
    }
    int from = (int) (position - current.start());
    int taken = taker.take(current.array(), from, current.length() - from);
    position = current.start() + from + taken;
    return taken;
  }

  /**
   * Arranges for {@code onMore} to be run once when there is more to read, by the thread that
   * appended it, under its slot's lock: it is to do no more than wake the owner.
   *
   * @return whether there is more already; then nothing was arranged
   */
  public boolean awaitMore() {
    waiting.set(true);
    if (lag() > 0 || outdated) {
      waiting.set(false);
      return true;
    }
    return false;
  }

  /** Something was appended. */
  void wake() {
    if (waiting.get() && waiting.compareAndSet(true, false)) {
      onMore.run();
    }
  }

  /** Another history has begun: this reader will not see it. */
  void outdate() {
    outdated = true;
    wake();
  }

  /** Whether the stream went on with another history; see {@link EffectStream#restart}. */
  public boolean isOutdated() {
    return outdated;
  }

  /** The offset of the next byte to be read. */
  public long position() {
    return position;
  }

  /** How many bytes are there and not read. */
  public long lag() {
    return outdated ? 0 : stream.offset() - position;
  }

  @Override
  public void close() {
    stream.remove(this);
  }
}
