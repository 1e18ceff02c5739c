package io.slotcast.broker.replication;

import io.slotcast.broker.effect.EffectSink;
import io.slotcast.broker.net.IoLoop;
import io.slotcast.broker.resp.ProtocolException;
import java.util.function.BiConsumer;
import java.util.function.IntPredicate;

/** Repeats effects on this node's keys; owned by one thread. */
@FunctionalInterface
public interface EffectRepeater {
  /**
   * Repeats all units from {@code from} on that are whole.
   *
   * @return the position behind the last; what is left comes again with more behind it
   */
  int run(byte[] array, int from, int to) throws ProtocolException;

  /** Makes them. */
  @FunctionalInterface
  interface Factory {
    /**
     * One for a loop's thread.
     *
     * @param wanted the slots whose effects are repeated
     * @param repeated given each unit then, under its slot's lock; or when it was passed over
     * @param failed told of each command that replied an error, and of the error
     */
    EffectRepeater on(
        IoLoop loop, IntPredicate wanted, EffectSink repeated, BiConsumer<String, String> failed);
  }
}
