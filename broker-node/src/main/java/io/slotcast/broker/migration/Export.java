package io.slotcast.broker.migration;

import io.slotcast.broker.effect.EffectStream;
import io.slotcast.broker.keyspace.Slot;
import io.slotcast.broker.keyspace.SlotTable;
import io.slotcast.broker.keyspace.rdb.RdbException;
import io.slotcast.broker.keyspace.rdb.SlotImages;
import io.slotcast.broker.migration.MigrationJob.State;
import io.slotcast.broker.migration.MigrationMessage.Abort;
import io.slotcast.broker.migration.MigrationMessage.Data;
import io.slotcast.broker.migration.MigrationMessage.Finish;
import io.slotcast.broker.migration.MigrationMessage.Open;
import io.slotcast.broker.migration.MigrationMessage.Piece;
import io.slotcast.membership.resharding.SlotChanges;
import io.slotcast.router.NodeId;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The source's part in a migration of slots: sends images of them and the effects on them, and when
 * the target has nearly caught up hands them over. What is sent and not taken in yet is bounded by
 * a window, what waits to be sent by a limit. See {@link State} for how it goes on.
 *
 * <p>Owned by the migration thread.
 */
final class Export {
  /** Bytes on the way to the target, at most, but for one piece. */
  private static final long WINDOW = 4 << 20;

  /** Effects that wait to be sent, at most: the target is too slow for what is written here. */
  private static final long LIMIT = 256 << 20;

  private static final long FRAME = 256 << 10;

  /** With so few bytes behind, the rest is sent while commands are held back. */
  private static final long NEARLY = 64 << 10;

  /** A target that takes nothing in for so long is given up. */
  private static final long SILENCE_MILLIS = 10_000;

  /** For the last effects, while commands are held back. */
  private static final long LAST_STEP_MILLIS = 1_000;

  private static final long TICK_MILLIS = 5;

  /** What it works with, the same for all migrations of a node. */
  record Surroundings(
      SlotTable slots,
      SlotImages images,
      EffectStream effects,
      Handover handover,
      MigrationLink link,
      InstantSource clock,
      ScheduledExecutorService thread) {}

  private final Surroundings by;
  private final Progress progress;
  private final OutgoingPieces outgoing;
  private final int[] slots;

  /** What the topology named when the target was asked. */
  private final long targetRun;

  private int copied;
  private long sequence;
  private long sent;
  private long applied;
  private long heardMillis;
  private CompletableFuture<Void> ready = new CompletableFuture<>();
  private boolean cancelled;

  /**
   * @param targetRun the run of the target by this node's topology. A target is in that run when it
   *     takes the slots in, or in a later one that the topology will have named before it drops
   *     anything
   */
  Export(Surroundings by, Progress progress, long targetRun) {
    this.by = by;
    this.progress = progress;
    this.targetRun = targetRun;
    this.slots = progress.job().slots().toArray();
    this.heardMillis = by.clock().millis();
    this.outgoing = new OutgoingPieces(LIMIT, this::overflowed);
  }

  MigrationJob job() {
    return progress.job();
  }

  private NodeId target() {
    return job().target();
  }

  private boolean send(MigrationMessage message) {
    return by.link().send(target(), job().number(), message);
  }

  /** Asks the target to take the slots in. */
  void begin() {
    if (send(new Open(job().name(), job().slots()))) {
      tickLater();
    } else {
      fail("there is no link to the target");
    }
  }

  // ---- What the target says ----

  void onOpened() {
    if (progress.state() == State.OPENING) {
      by.effects().add(outgoing);
      progress.become(State.COPYING);
      heard();
      pump();
    }
  }

  void onApplied(long bytes) {
    applied = bytes;
    heard();
    progress.moved(applied, copied);
    pump();
  }

  void onReady() {
    ready.complete(null);
  }

  void onAborted(String reason) {
    fail("the target gave up: " + reason);
  }

  void onLinkEnd() {
    fail("the link to the target was lost");
  }

  private void heard() {
    heardMillis = by.clock().millis();
  }

  // ---- Sending ----

  private void pump() {
    while (progress.state() == State.COPYING && hasRoom()) {
      if (copied == slots.length) {
        progress.become(State.CATCHING_UP);
      } else if (!copyNext()) {
        return;
      }
      sendWaiting(FRAME);
    }
    if (progress.state() == State.CATCHING_UP) {
      sendWaiting(1);
    }
    // Sending may have ended it.
    if (progress.state() == State.CATCHING_UP && outgoing.waiting() + sent - applied <= NEARLY) {
      handOver();
    }
  }

  private boolean hasRoom() {
    return sent - applied + outgoing.waiting() < WINDOW;
  }

  private boolean copyNext() {
    Slot slot = by.slots().get(slots[copied]);
    slot.lock();
    try {
      outgoing.add(slot, by.images().of(slot, by.clock().millis()));
    } catch (RdbException tooLarge) {
      fail("slot " + slot.number() + ": " + tooLarge.getMessage());
      return false;
    } finally {
      slot.unlock();
    }
    copied++;
    return true;
  }

  /** Sends what waits while the window has room, if it comes to so many bytes at least. */
  private void sendWaiting(long atLeast) {
    while (outgoing.waiting() >= atLeast && sent - applied < WINDOW) {
      sendFrame();
    }
  }

  private void sendFrame() {
    List<Piece> pieces = outgoing.take(FRAME);
    if (pieces.isEmpty()) {
      return;
    }
    for (Piece piece : pieces) {
      sent += piece.bytes().length;
    }
    if (!send(new Data(sequence++, pieces))) {
      fail("the link to the target was lost");
    }
  }

  private void overflowed() {
    by.thread().execute(() -> fail("the target is too slow for what is written to the slots"));
  }

  private void tickLater() {
    by.thread().schedule(this::tick, TICK_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void tick() {
    if (progress.state().isEnd()) {
      return;
    }
    boolean waits = progress.state() == State.OPENING || sent > applied;
    if (!waits) {
      heard();
    }
    if (by.clock().millis() - heardMillis > SILENCE_MILLIS
        && progress.state() != State.HANDING_OVER) {
      fail("the target is silent");
      return;
    }
    pump();
    tickLater();
  }

  // ---- The end ----

  private void handOver() {
    progress.become(State.HANDING_OVER);
    long begun = by.clock().millis();
    by.handover()
        .give(
            job().slots(),
            target(),
            SlotChanges.give(job().slots(), job().source(), target(), targetRun),
            slot -> !cancelled,
            "it was cancelled",
            this::sendLastEffects)
        .whenCompleteAsync(
            (topology, failure) -> {
              progress.paused(by.clock().millis() - begun);
              if (failure == null) {
                end(State.DONE, "");
              } else {
                undo(SlotOwners.text(failure));
              }
            },
            by.thread());
  }

  /** Completes when the target has said that it has everything. On the migration thread. */
  private CompletionStage<Void> sendLastEffects() {
    if (cancelled) {
      return CompletableFuture.failedFuture(new TimeoutException("it was cancelled"));
    }
    ready = new CompletableFuture<>();
    while (outgoing.waiting() > 0) {
      sendFrame();
    }
    send(new Finish(sequence));
    by.thread()
        .schedule(
            () -> ready.completeExceptionally(new TimeoutException("the target was too slow")),
            LAST_STEP_MILLIS,
            TimeUnit.MILLISECONDS);
    return ready;
  }

  void cancel() {
    cancelled = true;
    if (progress.state() == State.HANDING_OVER) {
      ready.completeExceptionally(new TimeoutException("it was cancelled"));
    } else if (!progress.state().isEnd()) {
      undo("it was cancelled");
    }
  }

  private void fail(String reason) {
    if (progress.state() == State.HANDING_OVER) {
      ready.completeExceptionally(new TimeoutException(reason));
    } else if (!progress.state().isEnd()) {
      undo(reason);
    }
  }

  /** The slots are served here, as before. */
  private void undo(String reason) {
    send(new Abort(reason));
    end(cancelled ? State.CANCELLED : State.FAILED, reason);
  }

  private void end(State state, String reason) {
    by.effects().remove(outgoing);
    progress.become(state, reason);
  }
}
