package io.slotcast.broker.migration;

import io.slotcast.broker.migration.MigrationJob.Direction;
import io.slotcast.broker.migration.MigrationJob.State;
import io.slotcast.router.NodeId;
import io.slotcast.router.SlotSet;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How far one migration is at this node; each change is published. For the migration thread. */
final class Progress {
  private static final Logger log = LoggerFactory.getLogger(Progress.class);

  private final InstantSource clock;
  private final Consumer<MigrationJob> published;
  private MigrationJob job;

  Progress(
      String name,
      long number,
      Direction direction,
      SlotSet slots,
      NodeId source,
      NodeId target,
      State first,
      InstantSource clock,
      Consumer<MigrationJob> published) {
    this.clock = clock;
    this.published = published;
    long now = clock.millis();
    this.job =
        new MigrationJob(
            name, number, direction, slots, source, target, first, "", now, now, 0, 0, 0, 0);
    published.accept(job);
  }

  MigrationJob job() {
    return job;
  }

  State state() {
    return job.state();
  }

  /**
   * @throws IllegalStateException if that state does not follow on this one
   */
  void become(State next, String message) {
    if (!job.state().may(next)) {
      throw new IllegalStateException(job.state() + " is not followed by " + next);
    }
    log.info(
        "{} of slots {} ({}): {}{}",
        job.direction(),
        job.slots(),
        job.name(),
        next,
        message.isEmpty() ? "" : ": " + message);
    long now = clock.millis();
    publish(next, message, job.bytes(), job.slotsCopied(), job.pausedMillis(), now);
  }

  void become(State next) {
    become(next, "");
  }

  void moved(long bytes, int slotsCopied) {
    publish(job.state(), job.message(), bytes, slotsCopied, job.pausedMillis(), clock.millis());
  }

  void paused(long millis) {
    publish(job.state(), job.message(), job.bytes(), job.slotsCopied(), millis, clock.millis());
  }

  private void publish(
      State state, String message, long bytes, int slotsCopied, long pausedMillis, long now) {
    job =
        new MigrationJob(
            job.name(),
            job.number(),
            job.direction(),
            job.slots(),
            job.source(),
            job.target(),
            state,
            message,
            job.createdMillis(),
            now,
            state.isEnd() ? now : 0,
            bytes,
            slotsCopied,
            pausedMillis);
    published.accept(job);
  }
}
