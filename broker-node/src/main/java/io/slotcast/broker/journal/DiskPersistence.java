package io.slotcast.broker.journal;

import io.slotcast.broker.command.LaterReply;
import io.slotcast.broker.command.Refusals;
import io.slotcast.broker.command.persistence.Persistence;
import io.slotcast.broker.config.Directives;
import io.slotcast.broker.config.PersistenceDirectives;
import io.slotcast.broker.config.SavePoint;
import io.slotcast.broker.config.ServerConfig;
import io.slotcast.broker.keyspace.SlotTable;
import io.slotcast.broker.keyspace.rdb.RdbFileException;
import io.slotcast.broker.keyspace.rdb.RdbFileReader;
import io.slotcast.broker.keyspace.rdb.RdbSettings;
import io.slotcast.broker.keyspace.rdb.SlotImages;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a node with a data folder keeps in it. One thing is under way at a time, on one thread: a
 * snapshot, or a rewrite of the journal. Safe from any thread.
 */
public final class DiskPersistence implements Persistence, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(DiskPersistence.class);

  private static final PersistenceDirectives SETTINGS = Directives.PERSISTENCE;

  private static final String SNAPSHOT_FAILED =
      "MISCONF Redis is configured to save RDB snapshots, but it's currently unable to persist to"
          + " disk. Commands that may modify the data set are disabled, because this instance is"
          + " configured to report errors during writes if RDB snapshotting fails"
          + " (stop-writes-on-bgsave-error option). Please check the Redis logs for details about"
          + " the RDB error.";

  private enum Work {
    NONE,
    SNAPSHOT,
    REWRITE
  }

  private final ServerConfig config;
  private final SlotTable slots;
  private final Supplier<RdbSettings> layout;
  private final InstantSource clock;
  private final Refusals refusals;
  private final Snapshots snapshots;
  private final ExecutorService worker;
  private final ScheduledExecutorService ticks;

  private volatile boolean closing;
  private volatile @Nullable Loading loading;
  private volatile RdbFileReader.Loaded loaded = new RdbFileReader.Loaded(0, 0, 0);

  // Guarded by this.
  private Work work = Work.NONE;
  private long workSinceMillis;
  private boolean snapshotScheduled;

  /**
   * @param folder {@code dir}
   */
  public DiskPersistence(
      ServerConfig config,
      Path folder,
      SlotTable slots,
      Supplier<RdbSettings> layout,
      Refusals refusals,
      InstantSource clock,
      String threadName) {
    this.config = config;
    this.slots = slots;
    this.layout = layout;
    this.refusals = refusals;
    this.clock = clock;
    SlotFile slotFile = new SlotFile(slots, new SlotImages(layout), clock);
    this.snapshots = new Snapshots(slots, slotFile, clock, folder, config.get(SETTINGS.dbFilename));
    this.worker = Executors.newSingleThreadExecutor(Thread.ofPlatform().name(threadName).factory());
    this.ticks =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name(threadName + "-clock").daemon().factory());
  }

  // ---- The start ----

  /**
   * Loads what is on disk; from then on files are written.
   *
   * @throws UnloadableException if what is there cannot be loaded
   */
  public void load() throws UnloadableException {
    refusals.loading(true);
    try {
      loadSnapshot();
    } catch (IOException e) {
      throw new UnloadableException(snapshots.file() + ": " + Failure.reason(e), e);
    } catch (RdbFileException e) {
      throw new UnloadableException(String.valueOf(e.getMessage()), e);
    } finally {
      loading = null;
      refusals.loading(false);
    }
    snapshots.loaded();
    ticks.scheduleWithFixedDelay(this::tick, 1, 1, TimeUnit.SECONDS);
  }

  private void loadSnapshot() throws IOException, RdbFileException {
    Path file = snapshots.file();
    if (!Files.exists(file)) {
      return;
    }
    long begin = clock.millis();
    long size = Files.size(file);
    loading = new Loading(begin / 1000, size, 0);
    loaded =
        new RdbFileReader(slots, layout)
            .load(
                file,
                RdbFileReader.Expired.DROPPED,
                config.get(SETTINGS.rdbChecksum),
                begin,
                bytes -> loading = new Loading(begin / 1000, size, bytes));
    log.info(
        "{}: loaded {} keys, {} expired, in {} ms",
        file,
        loaded.keys(),
        loaded.expired(),
        clock.millis() - begin);
  }

  // ---- What clients command ----

  @Override
  public void save(LaterReply reply) {
    synchronized (this) {
      if (work == Work.SNAPSHOT) {
        reply.error("ERR Background save already in progress");
        return;
      }
    }
    boolean accepted =
        submit(
            () -> {
              if (snapshot(() -> 0)) {
                reply.ok();
              } else {
                reply.error("ERR");
              }
            });
    if (!accepted) {
      reply.error("ERR");
    }
  }

  @Override
  public synchronized Begun saveInBackground(boolean schedule) {
    if (work == Work.SNAPSHOT) {
      return Begun.ALREADY;
    }
    if (work == Work.REWRITE) {
      snapshotScheduled |= schedule;
      return schedule ? Begun.SCHEDULED : Begun.BUSY;
    }
    return begin(Work.SNAPSHOT, () -> snapshot(() -> config.get(SETTINGS.rdbKeySaveDelay)))
        ? Begun.STARTED
        : Begun.FAILED;
  }

  @Override
  public synchronized Begun rewriteInBackground() {
    return Begun.FAILED;
  }

  @Override
  public long lastSaveSeconds() {
    return snapshots.lastSaveSeconds();
  }

  // ---- What happens in the background ----

  private synchronized boolean begin(Work kind, Runnable task) {
    boolean accepted =
        submit(
            () -> {
              try {
                task.run();
              } finally {
                end();
              }
            });
    if (accepted) {
      work = kind;
      workSinceMillis = clock.millis();
    }
    return accepted;
  }

  private boolean submit(Runnable task) {
    try {
      worker.execute(task);
      return true;
    } catch (RejectedExecutionException closed) {
      log.debug("The node ends", closed);
      return false;
    }
  }

  private synchronized void end() {
    work = Work.NONE;
    if (snapshotScheduled && !closing) {
      snapshotScheduled = false;
      saveInBackground(false);
    }
  }

  private boolean snapshot(LongSupplier keyDelay) {
    boolean ok =
        snapshots.save(
            new SlotFile.Options(false, config.get(SETTINGS.rdbChecksum), keyDelay, () -> closing));
    refuseWhatCannotBeKept();
    return ok;
  }

  /** Once a second. */
  private void tick() {
    try {
      SavePoint reached = snapshots.reached(config.get(SETTINGS.save));
      if (reached != null && isIdle()) {
        log.info("{} changes in {} seconds: saving", reached.changes(), reached.seconds());
        saveInBackground(false);
      }
      refuseWhatCannotBeKept();
    } catch (RuntimeException bug) {
      // An exception that escapes would end the repetition.
      log.error("Persistence failed", bug);
    }
  }

  private synchronized boolean isIdle() {
    return work == Work.NONE;
  }

  private void refuseWhatCannotBeKept() {
    boolean isStopped =
        !config.get(SETTINGS.save).isEmpty()
            && config.get(SETTINGS.stopWritesOnBgsaveError)
            && !snapshots.lastOk();
    refusals.writes(isStopped ? SNAPSHOT_FAILED : null);
  }

  // ---- What INFO tells ----

  @Override
  public synchronized State state() {
    long forSeconds = (clock.millis() - workSinceMillis) / 1000;
    return new State(
        loading,
        snapshots.changesSinceSave(),
        work == Work.SNAPSHOT,
        snapshots.lastSaveSeconds(),
        snapshots.lastOk(),
        snapshots.lastTookSeconds(),
        work == Work.SNAPSHOT ? forSeconds : -1,
        snapshots.saves(),
        loaded.keys(),
        loaded.expired(),
        false,
        work == Work.REWRITE,
        false,
        -1,
        work == Work.REWRITE ? forSeconds : -1,
        true,
        true,
        0,
        null);
  }

  // ---- The end ----

  /**
   * Makes a last snapshot, as Redis does where {@code save} is not empty. Returns when it is done.
   *
   * @return whether there is nothing that would be lost
   */
  public boolean saveAtEnd() {
    List<SavePoint> points = config.get(SETTINGS.save);
    return points.isEmpty() || snapshot(() -> 0);
  }

  @Override
  public void close() {
    closing = true;
    ticks.shutdownNow();
    worker.shutdown();
    try {
      if (!worker.awaitTermination(10, TimeUnit.SECONDS)) {
        log.warn("A snapshot is still being written");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
