package io.slotcast.broker.effect;

import io.slotcast.broker.resp.ByteSink;
import org.jspecify.annotations.Nullable;

/**
 * A piece of the stream of effects. Units are appended under the stream's lock; what lies before
 * {@link #length()} never changes, so that readers need no lock. A chunk that neither the stream
 * nor a reader stands on any more is garbage.
 */
final class EffectChunk extends ByteSink {
  private final long start;

  /** Written under the stream's lock, after the bytes before it. */
  private volatile int length;

  /** Written under the stream's lock when no more will be appended here, and when it is cut. */
  private volatile @Nullable EffectChunk next;

  /**
   * @param start the offset of its first byte in the stream
   */
  EffectChunk(long start, int capacity) {
    super(new byte[capacity]);
    this.start = start;
  }

  @Override
  protected void makeRoom(int more) {
    throw new IllegalStateException("a unit is longer than it was said to be");
  }

  boolean hasRoom(int more) {
    return array.length - position >= more;
  }

  /** Shows readers what was written. */
  void publish() {
    length = position;
  }

  void next(EffectChunk chunk) {
    next = chunk;
  }

  /**
   * Nobody will go on from here any more. A collector that has moved this chunk to where it looks
   * seldom would else keep all that come behind it.
   */
  void cut() {
    next = null;
  }

  byte[] array() {
    return array;
  }

  long start() {
    return start;
  }

  /** How many bytes can be read. */
  int length() {
    return length;
  }

  long end() {
    return start + length;
  }

  @Nullable EffectChunk next() {
    return next;
  }
}
