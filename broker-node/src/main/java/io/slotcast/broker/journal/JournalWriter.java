package io.slotcast.broker.journal;

import io.slotcast.broker.config.PersistenceDirectives.Fsync;
import io.slotcast.broker.effect.EffectReader;
import io.slotcast.broker.effect.EffectStream;
import io.slotcast.membership.folder.FailureReason;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Follows the stream of effects and appends it to the journal's last increment, on a thread of its
 * own: whatever came while one write and sync was under way goes into the next, so that under load
 * one sync serves many clients.
 *
 * <p>A write that fails is repeated until it succeeds, and meanwhile nothing counts as durable. A
 * sync that fails is another matter: what it was about may be gone from the system's memory as
 * well, and so no later sync tells anything. The file is no good then, and the journal has to be
 * written anew.
 */
final class JournalWriter implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(JournalWriter.class);

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final long RETRY_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  /** The most pieces of the stream that are written before they are made durable. */
  private static final int SLICES = 64;

  /** What the writer tells of. Called by its thread. */
  interface Listener {
    /** Everything before that offset of the stream is durable. */
    void durable(long offset);

    /** Appending fails, or no longer where null. */
    void writeFailed(@Nullable IOException failure);

    /** A sync failed: the file that is written is no good any more. */
    void syncFailed(IOException failure);

    /** The keys came another way than by effects: the journal must be written anew. */
    void outdated();
  }

  /**
   * How to write, at the moment.
   *
   * @param syncs whether to sync while something else is written in the background
   */
  record Policy(Fsync fsync, boolean syncs, boolean timestamps) {}

  private final EffectStream stream;
  private final Supplier<Policy> policy;
  private final InstantSource clock;
  private final Listener listener;
  private final Executor wakeUps;
  private final Thread thread;

  // Set by any thread, read by the writer's.
  private final AtomicReference<@Nullable Rewrite> rewrite = new AtomicReference<>();
  private volatile boolean stopping;

  // Owned by the writer's thread; read by others where volatile.
  private @Nullable JournalFile file;
  private EffectReader reader;
  private volatile long size;
  private volatile long durable;
  private volatile boolean failing;
  private volatile long delayedSyncs;
  private long lastSyncNanos = System.nanoTime();
  private long lastTimestamp;

  /**
   * @param file to which effects are appended from now on; null if only a rewrite will make one
   * @param wakeUps runs what tells the writer that there is more, once the caller has no more to
   *     append for the moment: what is synced together is then all of an event loop's turn
   */
  JournalWriter(
      EffectStream stream,
      @Nullable JournalFile file,
      Supplier<Policy> policy,
      InstantSource clock,
      Listener listener,
      Executor wakeUps,
      String threadName) {
    this.stream = stream;
    this.file = file;
    this.size = file == null ? 0 : file.size();
    this.policy = policy;
    this.clock = clock;
    this.listener = listener;
    this.wakeUps = wakeUps;
    this.thread = Thread.ofPlatform().name(threadName).unstarted(this);
    this.reader = stream.read(this::more);
    this.durable = reader.position();
  }

  void start() {
    thread.start();
  }

  private void more() {
    wakeUps.execute(this::wake);
  }

  private void wake() {
    LockSupport.unpark(thread);
  }

  /** The size of the increment, in bytes. */
  long size() {
    return size;
  }

  /** The offset up to which the stream is durable here. */
  long durableOffset() {
    return durable;
  }

  /** How many bytes are not written yet. */
  long lag() {
    return reader.lag();
  }

  boolean isFailing() {
    return failing;
  }

  /** Syncs that took longer than a second. */
  long delayedSyncs() {
    return delayedSyncs;
  }

  /** Has units go to a rewrite as well, until that ends. */
  void begin(Rewrite newRewrite) {
    rewrite.set(newRewrite);
    wake();
  }

  /** Looks at once at what has changed. */
  void look() {
    wake();
  }

  /** Writes what is there, syncs, and ends. Returns when that is done. */
  void stop() {
    stopping = true;
    wake();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(30));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  // ---- On the writer's thread ----

  @Override
  public void run() {
    try {
      while (!stopping) {
        boolean wrote = round();
        if (!wrote || failing) {
          pause();
        }
      }
      long end = stream.offset();
      while (reader.position() < end && round()) {
        // A round takes a bounded number of pieces.
      }
      syncNow();
    } catch (RuntimeException bug) {
      log.error("The journal's writer failed", bug);
      listener.syncFailed(new IOException(bug));
    } finally {
      reader.close();
      close(file);
    }
  }

  /** Writes what has come, makes it durable if it is time, and goes on with a rewrite. */
  private boolean round() {
    if (reader.isOutdated()) {
      beginAgain();
    }
    int slices = 0;
    while (slices < SLICES && reader.read(this::take) > 0) {
      slices++;
    }
    Policy now = policy.get();
    if (file != null && reader.position() > durable && isTimeToSync(now)) {
      syncNow();
    }
    Rewrite current = rewrite.get();
    if (current != null && current.isOver()) {
      rewrite.compareAndSet(current, null);
    } else if (current != null && current.isReady(reader.position())) {
      switchTo(current);
    }
    return slices > 0;
  }

  private boolean isTimeToSync(Policy now) {
    return switch (now.fsync()) {
      case ALWAYS -> true;
      case EVERYSEC -> now.syncs() && System.nanoTime() - lastSyncNanos >= SECOND;
      case NO -> false;
    };
  }

  private void beginAgain() {
    reader.close();
    close(file);
    file = null;
    size = 0;
    reader = stream.read(this::more);
    durable = reader.position();
    Rewrite current = rewrite.getAndSet(null);
    if (current != null) {
      current.fail(new IOException("the keys were replaced meanwhile"));
    }
    listener.outdated();
  }

  private int take(byte[] array, int offset, int length) {
    JournalFile to = file;
    try {
      if (to != null) {
        annotate(to);
        to.append(array, offset, length);
        size = to.size();
      }
      recovered();
    } catch (IOException e) {
      fail(e);
      return 0;
    }
    Rewrite current = rewrite.get();
    if (current != null) {
      current.take(reader.position(), array, offset, length);
    }
    return length;
  }

  /** The time of what follows, where it is another second than before. */
  private void annotate(JournalFile to) throws IOException {
    if (policy.get().timestamps()) {
      long seconds = clock.instant().getEpochSecond();
      if (seconds > lastTimestamp) {
        byte[] line = ("#TS:" + seconds + "\r\n").getBytes(StandardCharsets.US_ASCII);
        to.append(line, 0, line.length);
        lastTimestamp = seconds;
      }
    }
  }

  private void recovered() {
    if (failing) {
      failing = false;
      log.info("The journal can be written again");
      listener.writeFailed(null);
    }
  }

  private void fail(IOException failure) {
    if (!failing) {
      failing = true;
      log.error("The journal cannot be written: {}", FailureReason.of(failure));
      listener.writeFailed(failure);
    }
  }

  private void syncNow() {
    JournalFile to = file;
    if (to == null) {
      return;
    }
    long upTo = reader.position();
    long begin = System.nanoTime();
    try {
      to.sync();
    } catch (IOException e) {
      log.error("{}: cannot be made durable: {}", to.path(), FailureReason.of(e));
      close(to);
      file = null;
      listener.syncFailed(e);
      return;
    }
    lastSyncNanos = System.nanoTime();
    if (lastSyncNanos - begin > SECOND) {
      long before = delayedSyncs;
      delayedSyncs = before + 1;
    }
    if (upTo != durable) {
      durable = upTo;
      listener.durable(upTo);
    }
  }

  /** The rewritten journal has all that the old one has: from here on it is the journal. */
  private void switchTo(Rewrite current) {
    // Before others learn that it is complete, who may begin the next.
    rewrite.compareAndSet(current, null);
    JournalFile made = current.complete();
    if (made != null) {
      close(file);
      file = made;
      size = made.size();
      lastSyncNanos = System.nanoTime();
      durable = reader.position();
      listener.durable(durable);
      recovered();
    }
  }

  private void pause() {
    if (stopping) {
      return;
    }
    Rewrite current = rewrite.get();
    if (failing) {
      LockSupport.parkNanos(RETRY_NANOS);
    } else if (current != null && current.isReady(reader.position())) {
      return;
    } else if (!reader.awaitMore()) {
      boolean waitsForSync = file != null && reader.position() > durable;
      if (waitsForSync && policy.get().fsync() == Fsync.EVERYSEC) {
        LockSupport.parkNanos(Math.max(SECOND - (System.nanoTime() - lastSyncNanos), 1_000_000));
      } else {
        LockSupport.park();
      }
    }
  }

  private static void close(@Nullable JournalFile file) {
    if (file != null) {
      try {
        file.close();
      } catch (IOException e) {
        log.warn("{}: {}", file.path(), FailureReason.of(e));
      }
    }
  }
}
