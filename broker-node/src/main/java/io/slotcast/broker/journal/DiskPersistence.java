package io.slotcast.broker.journal;

import io.slotcast.broker.command.LaterReply;
import io.slotcast.broker.command.Refusals;
import io.slotcast.broker.command.persistence.Persistence;
import io.slotcast.broker.command.server.SavingAtEnd;
import io.slotcast.broker.config.Directives;
import io.slotcast.broker.config.InvalidValueException;
import io.slotcast.broker.config.PersistenceDirectives;
import io.slotcast.broker.config.SavePoint;
import io.slotcast.broker.config.ServerConfig;
import io.slotcast.broker.keyspace.SlotTable;
import io.slotcast.broker.keyspace.rdb.RdbFileReader;
import io.slotcast.broker.keyspace.rdb.RdbSettings;
import io.slotcast.broker.keyspace.rdb.SlotImages;
import io.slotcast.broker.net.ReplyGate;
import io.slotcast.membership.folder.FailureReason;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
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

  private static final String JOURNAL_FAILED = "MISCONF Errors writing to the AOF file: ";

  private enum Work {
    NONE,
    SNAPSHOT,
    REWRITE
  }

  private final ServerConfig config;
  private final InstantSource clock;
  private final Refusals refusals;
  private final Snapshots snapshots;
  private final FolderLoader loader;
  private final Journal journal;
  private final Runnable cannotGoOn;
  private final ExecutorService worker;
  private final ScheduledExecutorService ticks;

  private volatile Runnable onDurable = () -> {};
  private volatile boolean closing;

  /** What is under way; written under {@code this}. */
  private volatile Work working = Work.NONE;

  // Guarded by this.
  private long workSinceMillis;
  private boolean snapshotScheduled;
  private boolean rewriteScheduled;
  private boolean lastRewriteOk = true;
  private long lastRewriteTookSeconds = -1;
  private long rewrites;

  /**
   * @param folder {@code dir}
   * @param condition where the journal says what is durable
   * @param cannotGoOn ends the node, for what it has promised cannot be kept
   * @param wakeUps runs what has the journal written, at the end of an event loop's turn
   */
  public DiskPersistence(
      ServerConfig config,
      Path folder,
      SlotTable slots,
      Supplier<RdbSettings> layout,
      Refusals refusals,
      ReplyGate.Condition condition,
      Runnable cannotGoOn,
      Executor wakeUps,
      InstantSource clock,
      String threadName) {
    this.config = config;
    this.refusals = refusals;
    this.clock = clock;
    SlotFile slotFile = new SlotFile(slots, new SlotImages(layout), clock);
    this.snapshots = new Snapshots(slots, slotFile, clock, folder, config.get(SETTINGS.dbFilename));
    this.cannotGoOn = cannotGoOn;
    JournalFolder journalFolder =
        new JournalFolder(
            folder, config.get(SETTINGS.appendDirname), config.get(SETTINGS.appendFilename));
    this.loader =
        new FolderLoader(
            config,
            slots,
            new RdbFileReader(slots, layout),
            snapshots.file(),
            journalFolder,
            clock);
    this.journal =
        new Journal(
            journalFolder,
            slots.effects(),
            slotFile,
            this::policy,
            clock,
            condition,
            new JournalOwner(),
            wakeUps,
            threadName + "-journal",
            step -> {});
    this.worker = Executors.newSingleThreadExecutor(Thread.ofPlatform().name(threadName).factory());
    this.ticks =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name(threadName + "-clock").daemon().factory());
  }

  // ---- The start ----

  /** Repeats a journal's commands: where it stands in what it was given, and what for. */
  public interface Commands extends JournalLoader.Commands {}

  /**
   * Loads what is on disk; from then on files are written.
   *
   * @param commands repeats what a journal says
   * @throws UnloadableException if what is there cannot be loaded
   */
  public void load(Commands commands) throws UnloadableException {
    refusals.loading(true);
    try {
      boolean wanted = config.get(SETTINGS.appendOnly);
      loader.load(wanted ? journal.read() : Manifest.EMPTY, commands);
      if (wanted) {
        journal.open(fileOptions(true, () -> 0));
      }
    } catch (IOException e) {
      throw new UnloadableException("cannot use the data folder: " + FailureReason.of(e), e);
    } finally {
      refusals.loading(false);
    }
    snapshots.loaded();
    follow();
    ticks.scheduleWithFixedDelay(this::tick, 1, 1, TimeUnit.SECONDS);
  }

  private void follow() {
    config.onChange(
        SETTINGS.appendOnly,
        wanted -> {
          if (wanted) {
            enableJournal();
          } else {
            journal.disable();
            refuseWhatCannotBeKept();
          }
        });
    config.onChange(SETTINGS.appendFsync, fsync -> journal.policyChanged());
    config.onChange(SETTINGS.save, points -> refuseWhatCannotBeKept());
    config.onChange(SETTINGS.stopWritesOnBgsaveError, stop -> refuseWhatCannotBeKept());
  }

  private void enableJournal() throws InvalidValueException {
    try {
      journal.enable();
    } catch (IOException e) {
      log.error("The journal cannot be begun: {}", FailureReason.of(e));
      throw new InvalidValueException(
          "Unable to turn on AOF. Check server logs. (" + FailureReason.of(e) + ")");
    }
    rewriteInBackground();
  }

  private JournalWriter.Policy policy() {
    boolean mayWait = config.get(SETTINGS.noAppendFsyncOnRewrite);
    return new JournalWriter.Policy(
        config.get(SETTINGS.appendFsync),
        !mayWait || working == Work.NONE,
        config.get(SETTINGS.timestamps));
  }

  private SlotFile.Options fileOptions(boolean isBase, LongSupplier keyDelay) {
    return new SlotFile.Options(isBase, config.get(SETTINGS.rdbChecksum), keyDelay, () -> closing);
  }

  private final class JournalOwner implements Journal.Owner {
    @Override
    public void rewriteNeeded() {
      rewriteInBackground();
    }

    @Override
    public void durableMoved() {
      onDurable.run();
    }

    @Override
    public void failureChanged() {
      refuseWhatCannotBeKept();
    }

    @Override
    public void cannotGoOn(IOException failure) {
      log.error(
          "The journal cannot be made durable, and appendfsync is always: the node ends ({})",
          FailureReason.of(failure));
      refusals.writes(JOURNAL_FAILED + FailureReason.of(failure));
      cannotGoOn.run();
    }
  }

  // ---- What clients command ----

  @Override
  public void save(LaterReply reply) {
    synchronized (this) {
      if (working == Work.SNAPSHOT) {
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
    if (working == Work.SNAPSHOT) {
      return Begun.ALREADY;
    }
    if (working == Work.REWRITE) {
      snapshotScheduled |= schedule;
      return schedule ? Begun.SCHEDULED : Begun.BUSY;
    }
    return begin(Work.SNAPSHOT, () -> snapshot(() -> config.get(SETTINGS.rdbKeySaveDelay)))
        ? Begun.STARTED
        : Begun.FAILED;
  }

  @Override
  public synchronized Begun rewriteInBackground() {
    if (working == Work.REWRITE) {
      return Begun.ALREADY;
    }
    if (working == Work.SNAPSHOT) {
      rewriteScheduled = true;
      return Begun.SCHEDULED;
    }
    return begin(Work.REWRITE, this::rewrite) ? Begun.STARTED : Begun.FAILED;
  }

  /**
   * To be called when keys came another way than by effects, such as from a primary: the journal is
   * written anew.
   */
  public synchronized void keysReplaced() {
    if (!journal.isOn()) {
      return;
    }
    if (rewriteInBackground() == Begun.ALREADY) {
      rewriteScheduled = true;
    }
  }

  /** Has {@code action} run whenever {@link #durableOffset} has moved; to be set before loading. */
  public void onDurable(Runnable action) {
    onDurable = action;
  }

  /** The offset before which the stream of effects is durable here; 0 without a journal. */
  public long durableOffset() {
    return journal.durableOffset();
  }

  private void rewrite() {
    long begin = clock.millis();
    boolean ok = false;
    try {
      journal.rewrite(fileOptions(true, () -> config.get(SETTINGS.rdbKeySaveDelay)));
      ok = true;
      log.info("{}: written anew in {} ms", journal.manifestFile(), clock.millis() - begin);
    } catch (CancellationException cancelled) {
      log.info("{}: not written anew, since the node ends", journal.manifestFile());
    } catch (IOException | RuntimeException e) {
      log.error("{}: not written anew: {}", journal.manifestFile(), FailureReason.of(e));
    }
    synchronized (this) {
      lastRewriteOk = ok;
      lastRewriteTookSeconds = (clock.millis() - begin) / 1000;
      rewrites += ok ? 1 : 0;
    }
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
      working = kind;
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
    working = Work.NONE;
    if (closing) {
      return;
    }
    if (rewriteScheduled) {
      rewriteScheduled = false;
      rewriteInBackground();
    } else if (snapshotScheduled) {
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
      boolean rewrites =
          journal.waitsForRewrite()
              || journal.hasGrown(
                  config.get(SETTINGS.autoRewritePercentage),
                  config.get(SETTINGS.autoRewriteMinSize));
      if (rewrites && isIdle()) {
        log.info("{}: is written anew", journal.manifestFile());
        rewriteInBackground();
      }
      refuseWhatCannotBeKept();
    } catch (RuntimeException bug) {
      // An exception that escapes would end the repetition.
      log.error("Persistence failed", bug);
    }
  }

  private synchronized boolean isIdle() {
    return working == Work.NONE;
  }

  private void refuseWhatCannotBeKept() {
    boolean isStopped =
        !config.get(SETTINGS.save).isEmpty()
            && config.get(SETTINGS.stopWritesOnBgsaveError)
            && !snapshots.lastOk();
    IOException failure = journal.failure();
    if (isStopped) {
      refusals.writes(SNAPSHOT_FAILED);
    } else {
      refusals.writes(failure == null ? null : JOURNAL_FAILED + FailureReason.of(failure));
    }
  }

  // ---- What INFO tells ----

  @Override
  public synchronized State state() {
    long forSeconds = (clock.millis() - workSinceMillis) / 1000;
    return new State(
        loader.progress(),
        snapshots.changesSinceSave(),
        working == Work.SNAPSHOT,
        snapshots.lastSaveSeconds(),
        snapshots.lastOk(),
        snapshots.lastTookSeconds(),
        working == Work.SNAPSHOT ? forSeconds : -1,
        snapshots.saves(),
        loader.loadedKeys(),
        loader.expiredKeys(),
        journal.isOn(),
        working == Work.REWRITE,
        rewriteScheduled,
        lastRewriteTookSeconds,
        working == Work.REWRITE ? forSeconds : -1,
        lastRewriteOk,
        journal.failure() == null,
        rewrites,
        journal.isOn() ? journalState() : null);
  }

  private Persistence.JournalState journalState() {
    return new Persistence.JournalState(
        journal.currentSize(),
        journal.baseSize(),
        rewriteScheduled,
        journal.lag(),
        false,
        journal.delayedSyncs());
  }

  // ---- The end ----

  /** Makes a last snapshot, if it is wanted. Returns when it is done. */
  public void saveAtEnd(SavingAtEnd saving) {
    boolean isWanted =
        switch (saving) {
          case AS_CONFIGURED -> !config.get(SETTINGS.save).isEmpty();
          case ALWAYS -> true;
          case NEVER -> false;
        };
    if (isWanted && !refusals.isLoading()) {
      // What is written from now on would be acknowledged and lost.
      refusals.writes("ERR The server is shutting down");
      snapshot(() -> 0);
    }
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
    journal.close();
  }
}
