package io.slotcast.broker.journal;

import io.slotcast.broker.config.PersistenceDirectives.Fsync;
import io.slotcast.broker.effect.EffectStream;
import io.slotcast.broker.net.ReplyGate;
import io.slotcast.membership.folder.FailureReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The journal of a node: every effect, in files that Redis reads. Safe from any thread, but for
 * {@link #rewrite}, which one thread calls.
 */
final class Journal {
  private static final Logger log = LoggerFactory.getLogger(Journal.class);

  /** What a rewrite has just done: a crash may come behind each. */
  enum Step {
    BASE_WRITTEN,
    BASE_NAMED,
    INCREMENT_NAMED,
    MANIFEST_WRITTEN,
    HISTORY_DELETED
  }

  /** Whoever has the journal. */
  interface Owner {
    /** The journal has to be written anew, since it no longer says what the keys are. */
    void rewriteNeeded();

    /** {@link Journal#durableOffset} has moved. */
    void durableMoved();

    /** What happens to writes has changed: see {@link Journal#failure}. */
    void failureChanged();

    /** Under {@code appendfsync always} nothing can be promised any more: the node must end. */
    void cannotGoOn(IOException failure);
  }

  private final JournalFolder folder;
  private final EffectStream stream;
  private final SlotFile slotFile;
  private final Supplier<JournalWriter.Policy> policy;
  private final InstantSource clock;
  private final ReplyGate.Condition condition;
  private final Owner owner;
  private final Executor wakeUps;
  private final String threadName;
  private final Consumer<Step> stepDone;

  // Guarded by this.
  private Manifest manifest = Manifest.EMPTY;
  private @Nullable JournalWriter writer;
  private @Nullable IOException failure;

  /** The increment begins only when a rewrite is complete. */
  private boolean waitsForRewrite;

  /** Of the base. */
  private long baseSize;

  /** Of the increments but the last. */
  private long earlierSize;

  /** What the growth of the journal is measured by. */
  private long sizeAtRewrite;

  /**
   * @param wakeUps see {@link JournalWriter}
   * @param stepDone told of a rewrite's steps: a seam for tests
   */
  Journal(
      JournalFolder folder,
      EffectStream stream,
      SlotFile slotFile,
      Supplier<JournalWriter.Policy> policy,
      InstantSource clock,
      ReplyGate.Condition condition,
      Owner owner,
      Executor wakeUps,
      String threadName,
      Consumer<Step> stepDone) {
    this.folder = folder;
    this.stream = stream;
    this.slotFile = slotFile;
    this.policy = policy;
    this.clock = clock;
    this.condition = condition;
    this.owner = owner;
    this.wakeUps = wakeUps;
    this.threadName = threadName;
    this.stepDone = stepDone;
  }

  // ---- On and off ----

  /** The journal that is there, before anything else is asked of this. */
  synchronized Manifest read() throws IOException, UnloadableException {
    manifest = folder.read();
    return manifest;
  }

  /**
   * Goes on with the journal that was loaded, or begins one with the keys that there are. The node
   * serves nobody yet.
   */
  synchronized void open(SlotFile.Options options) throws IOException {
    folder.open();
    if (manifest.files().isEmpty()) {
      slotFile.write(folder.temporaryBase(), options, SlotFile.Captures.UNNOTICED);
      Manifest.Entry base = folder.base(1);
      folder.name(folder.temporaryBase(), base);
      manifest = new Manifest(base, List.of(), List.of());
    }
    if (manifest.increments().isEmpty()) {
      Manifest.Entry first = folder.increment(manifest.lastSequence());
      JournalFile empty = JournalFile.create(folder.temporaryIncrement());
      empty.sync();
      empty.close();
      folder.name(folder.temporaryIncrement(), first);
      manifest = new Manifest(manifest.base(), List.of(first), manifest.history());
      folder.write(manifest);
    }
    manifest = folder.forgetHistory(manifest);
    JournalFile last = JournalFile.append(folder.file(manifest.increments().getLast()));
    measure();
    sizeAtRewrite = currentSize() + last.size();
    begin(last);
  }

  private void measure() throws IOException {
    baseSize = manifest.base() == null ? 0 : Files.size(folder.file(manifest.base()));
    earlierSize = 0;
    List<Manifest.Entry> increments = manifest.increments();
    for (int i = 0; i < increments.size() - 1; i++) {
      earlierSize += Files.size(folder.file(increments.get(i)));
    }
  }

  /** Begins a journal while the node serves: what it has is in it when a rewrite is complete. */
  synchronized void enable() throws IOException {
    manifest = read(folder);
    folder.open();
    waitsForRewrite = true;
    begin(null);
  }

  private static Manifest read(JournalFolder folder) throws IOException {
    try {
      return folder.read();
    } catch (UnloadableException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  private void begin(@Nullable JournalFile file) {
    JournalWriter begun =
        new JournalWriter(stream, file, policy, clock, new Listener(), wakeUps, threadName);
    writer = begun;
    failure = null;
    report(begun.durableOffset());
    begun.start();
  }

  /** Ends the journal; what was written so far is durable then. */
  void disable() {
    JournalWriter ended = detach();
    condition.lift();
    stop(ended);
  }

  /**
   * Ends the journal with the node; what was written so far is durable then. Replies that wait for
   * it are not let go by this: their connections are closed.
   */
  void close() {
    stop(detach());
  }

  private synchronized @Nullable JournalWriter detach() {
    JournalWriter ended = writer;
    writer = null;
    failure = null;
    waitsForRewrite = false;
    return ended;
  }

  private static void stop(@Nullable JournalWriter ended) {
    if (ended != null) {
      ended.stop();
    }
  }

  synchronized boolean isOn() {
    return writer != null;
  }

  /** The directives say something else. */
  synchronized void policyChanged() {
    if (writer != null) {
      report(writer.durableOffset());
      writer.look();
    }
  }

  /** Replies wait for the disk where that is asked for. */
  private void report(long offset) {
    if (policy.get().fsync() == Fsync.ALWAYS && !waitsForRewrite) {
      condition.passed(offset);
    } else {
      condition.lift();
    }
  }

  private final class Listener implements JournalWriter.Listener {
    @Override
    public void durable(long offset) {
      synchronized (Journal.this) {
        if (writer != null) {
          report(offset);
        }
      }
      owner.durableMoved();
    }

    @Override
    public void writeFailed(@Nullable IOException e) {
      synchronized (Journal.this) {
        failure = e;
      }
      owner.failureChanged();
    }

    @Override
    public void syncFailed(IOException e) {
      if (policy.get().fsync() == Fsync.ALWAYS) {
        owner.cannotGoOn(e);
        return;
      }
      synchronized (Journal.this) {
        failure = e;
        waitsForRewrite = true;
      }
      owner.failureChanged();
      owner.rewriteNeeded();
    }

    @Override
    public void outdated() {
      synchronized (Journal.this) {
        waitsForRewrite = true;
        condition.lift();
      }
      owner.rewriteNeeded();
    }
  }

  // ---- Rewriting ----

  /** Writes the journal anew, while effects go on. Returns when it is done or has failed. */
  void rewrite(SlotFile.Options options) throws IOException {
    JournalWriter current;
    synchronized (this) {
      current = writer;
    }
    if (current == null) {
      rewriteWhileOff(options);
      return;
    }
    CompletableFuture<Void> done = new CompletableFuture<>();
    JournalFile increment = JournalFile.create(folder.temporaryIncrement());
    Rewrite rewrite = new Rewrite(stream, increment, new Outcome(done));
    rewrite.start();
    current.begin(rewrite);
    try {
      slotFile.write(folder.temporaryBase(), options, rewrite);
      stepDone.accept(Step.BASE_WRITTEN);
      rewrite.baseIsDone();
      current.look();
      done.get();
    } catch (IOException | RuntimeException e) {
      rewrite.fail(new IOException(e));
      throw e;
    } catch (ExecutionException e) {
      throw new IOException(FailureReason.of(e.getCause() == null ? e : e.getCause()), e);
    } catch (InterruptedException e) {
      rewrite.fail(new IOException(e));
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
    synchronized (this) {
      manifest = folder.forgetHistory(manifest);
    }
    stepDone.accept(Step.HISTORY_DELETED);
    owner.failureChanged();
  }

  /** BGREWRITEAOF without a journal makes one that ends with it, as on Redis. */
  private void rewriteWhileOff(SlotFile.Options options) throws IOException {
    synchronized (this) {
      manifest = read(folder);
    }
    folder.open();
    slotFile.write(folder.temporaryBase(), options, SlotFile.Captures.UNNOTICED);
    synchronized (this) {
      Manifest.Entry base = folder.base(manifest.lastSequence() + 1);
      folder.name(folder.temporaryBase(), base);
      manifest = new Manifest(base, List.of(), manifest.files());
      folder.write(manifest);
      manifest = folder.forgetHistory(manifest);
    }
  }

  private final class Outcome implements Rewrite.Outcome {
    private final CompletableFuture<Void> done;

    Outcome(CompletableFuture<Void> done) {
      this.done = done;
    }

    @Override
    public void complete() throws IOException {
      synchronized (Journal.this) {
        long sequence = manifest.lastSequence() + 1;
        Manifest.Entry base = folder.base(sequence);
        Manifest.Entry increment = folder.increment(sequence);
        folder.name(folder.temporaryBase(), base);
        stepDone.accept(Step.BASE_NAMED);
        folder.name(folder.temporaryIncrement(), increment);
        stepDone.accept(Step.INCREMENT_NAMED);
        replaceManifest(new Manifest(base, List.of(increment), manifest.files()));
        stepDone.accept(Step.MANIFEST_WRITTEN);
        waitsForRewrite = false;
        failure = null;
        measure();
        sizeAtRewrite = baseSize + Files.size(folder.file(increment));
      }
    }

    @Override
    public void ended(@Nullable IOException e) {
      if (e == null) {
        done.complete(null);
      } else {
        done.completeExceptionally(e);
      }
    }
  }

  /** If it is there though writing it failed, it is what would be loaded, and so it counts. */
  private void replaceManifest(Manifest next) throws IOException {
    try {
      folder.write(next);
    } catch (IOException e) {
      if (!next.equals(read(folder))) {
        throw e;
      }
      log.warn("{}: written, but perhaps not durable: {}", folder.manifest(), FailureReason.of(e));
    }
    manifest = next;
  }

  // ---- What is known of it ----

  /** Why writes are refused; null if they are not. */
  synchronized @Nullable IOException failure() {
    return failure;
  }

  synchronized boolean waitsForRewrite() {
    return waitsForRewrite;
  }

  /** The offset before which the stream is durable here; 0 without a journal. */
  synchronized long durableOffset() {
    return writer == null || waitsForRewrite ? 0 : writer.durableOffset();
  }

  synchronized long baseSize() {
    return baseSize;
  }

  /** The size of all files. */
  synchronized long currentSize() {
    return baseSize + earlierSize + (writer == null ? 0 : writer.size());
  }

  synchronized long lag() {
    return writer == null ? 0 : writer.lag();
  }

  synchronized long delayedSyncs() {
    return writer == null ? 0 : writer.delayedSyncs();
  }

  /** Whether it has grown so much that it is time to rewrite it. */
  synchronized boolean hasGrown(long percent, long minSize) {
    long size = currentSize();
    long before = Math.max(sizeAtRewrite, 1);
    return writer != null && percent > 0 && size > minSize && size * 100 / before - 100 >= percent;
  }

  Path manifestFile() {
    return folder.manifest();
  }
}
