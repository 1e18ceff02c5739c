package io.slotcast.broker.migration;

import io.slotcast.broker.net.IoLoop;
import io.slotcast.broker.net.IoLoops;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** The turns of a node's event loops. */
@FunctionalInterface
public interface Turns {
  /**
   * Completes when each loop has ended the turn that it is in: what its commands replied has left,
   * and what its timers were about to change is changed.
   */
  CompletionStage<Void> end();

  /** Those of these loops. */
  static Turns of(IoLoops loops) {
    return () -> {
      List<CompletableFuture<Void>> ends = new ArrayList<>();
      for (IoLoop loop : loops.all()) {
        CompletableFuture<Void> end = new CompletableFuture<>();
        ends.add(end);
        // A timer set by a task runs in a later iteration, and between them output is flushed.
        loop.send(
            () -> loop.eventLoop().schedule(() -> end.complete(null), 1, TimeUnit.MILLISECONDS),
            null);
      }
      return CompletableFuture.allOf(ends.toArray(CompletableFuture[]::new));
    };
  }
}
