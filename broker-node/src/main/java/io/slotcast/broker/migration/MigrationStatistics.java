package io.slotcast.broker.migration;

import io.slotcast.broker.migration.MigrationJob.Direction;
import io.slotcast.broker.migration.MigrationJob.State;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counts of the atomic migrations that have ended since the node began. Safe from any thread. */
public final class MigrationStatistics {
  private final Map<Direction, Counts> counts = new EnumMap<>(Direction.class);
  private final LongAdder pausedMillis = new LongAdder();

  private record Counts(LongAdder done, LongAdder failed, LongAdder cancelled, LongAdder bytes) {
    Counts() {
      this(new LongAdder(), new LongAdder(), new LongAdder(), new LongAdder());
    }

    LongAdder of(State end) {
      return switch (end) {
        case DONE -> done;
        case CANCELLED -> cancelled;
        case FAILED, OPENING, COPYING, CATCHING_UP, HANDING_OVER, READY, UNSURE -> failed;
      };
    }
  }

  MigrationStatistics() {
    for (Direction direction : Direction.values()) {
      counts.put(direction, new Counts());
    }
  }

  private Counts of(Direction direction) {
    Counts found = counts.get(direction);
    if (found == null) {
      throw new IllegalStateException("no counts of " + direction);
    }
    return found;
  }

  void ended(MigrationJob job) {
    Counts ofDirection = of(job.direction());
    ofDirection.of(job.state()).increment();
    ofDirection.bytes().add(job.bytes());
    pausedMillis.add(job.pausedMillis());
  }

  public long done(Direction direction) {
    return of(direction).done().sum();
  }

  public long failed(Direction direction) {
    return of(direction).failed().sum();
  }

  public long cancelled(Direction direction) {
    return of(direction).cancelled().sum();
  }

  /** Bytes of images and effects. */
  public long bytes(Direction direction) {
    return of(direction).bytes().sum();
  }

  /** For how long clients of slots of this node were held back. */
  public long pausedMillis() {
    return pausedMillis.sum();
  }
}
