package io.slotcast.broker.journal;

import io.slotcast.broker.config.SavePoint;
import io.slotcast.broker.keyspace.KeyspaceTotals;
import io.slotcast.broker.keyspace.SlotTable;
import io.slotcast.membership.folder.DurableFile;
import io.slotcast.membership.folder.FailureReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Snapshots of all keys in one file, and what is known of the last one. */
final class Snapshots {
  private static final Logger log = LoggerFactory.getLogger(Snapshots.class);

  /** After a failure {@code save} tries again no sooner. */
  private static final int RETRY_SECONDS = 5;

  private final SlotTable slots;
  private final SlotFile slotFile;
  private final InstantSource clock;
  private final Path folder;
  private final String name;

  // Guarded by this.
  private long changesSaved;
  private long lastSaveSeconds;
  private long lastTrySeconds;
  private boolean lastOk = true;
  private long lastTookSeconds = -1;
  private long saves;

  Snapshots(SlotTable slots, SlotFile slotFile, InstantSource clock, Path folder, String name) {
    this.slots = slots;
    this.slotFile = slotFile;
    this.clock = clock;
    this.folder = folder;
    this.name = name;
    this.lastSaveSeconds = clock.instant().getEpochSecond();
  }

  Path file() {
    return folder.resolve(name);
  }

  /** What was loaded is what is saved. */
  synchronized void loaded() {
    changesSaved = changes();
    lastSaveSeconds = clock.instant().getEpochSecond();
  }

  private long changes() {
    return KeyspaceTotals.of(slots).changes();
  }

  synchronized long changesSinceSave() {
    return changes() - changesSaved;
  }

  synchronized long lastSaveSeconds() {
    return lastSaveSeconds;
  }

  synchronized boolean lastOk() {
    return lastOk;
  }

  synchronized long lastTookSeconds() {
    return lastTookSeconds;
  }

  synchronized long saves() {
    return saves;
  }

  /** The point of {@code save} that has been reached; null if none has. */
  synchronized @Nullable SavePoint reached(List<SavePoint> points) {
    long now = clock.instant().getEpochSecond();
    if (!lastOk && now - lastTrySeconds <= RETRY_SECONDS) {
      return null;
    }
    long changes = changesSinceSave();
    for (SavePoint point : points) {
      if (changes >= point.changes() && now - lastSaveSeconds > point.seconds()) {
        return point;
      }
    }
    return null;
  }

  /**
   * Makes a snapshot in the place of the one before; a crash leaves either of the two.
   *
   * @return whether it succeeded; if not, the log says why
   */
  boolean save(SlotFile.Options options) {
    long changesBefore = changes();
    long begin = clock.millis();
    String temporary = "temp-" + ProcessHandle.current().pid() + ".rdb";
    try {
      long size = slotFile.write(folder.resolve(temporary), options, SlotFile.Captures.UNNOTICED);
      DurableFile.move(folder, temporary, name);
      long took = clock.millis() - begin;
      log.info("{}: saved, {} bytes in {} ms", file(), size, took);
      ended(true, changesBefore, took);
      return true;
    } catch (CancellationException cancelled) {
      log.info("{}: not saved, since the node ends", file());
    } catch (IOException | RuntimeException failure) {
      log.error("{}: not saved: {}", file(), FailureReason.of(failure));
      ended(false, changesBefore, clock.millis() - begin);
    }
    try {
      Files.deleteIfExists(folder.resolve(temporary));
    } catch (IOException e) {
      log.warn("{} cannot be deleted: {}", temporary, FailureReason.of(e));
    }
    return false;
  }

  private synchronized void ended(boolean ok, long changesBefore, long tookMillis) {
    lastOk = ok;
    lastTrySeconds = clock.instant().getEpochSecond();
    lastTookSeconds = tookMillis / 1000;
    if (ok) {
      saves++;
      changesSaved = changesBefore;
      lastSaveSeconds = lastTrySeconds;
    }
  }
}
