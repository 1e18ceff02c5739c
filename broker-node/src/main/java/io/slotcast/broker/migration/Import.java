package io.slotcast.broker.migration;

import io.slotcast.broker.cluster.ClusterView;
import io.slotcast.broker.migration.MigrationJob.State;
import io.slotcast.broker.migration.MigrationMessage.Abort;
import io.slotcast.broker.migration.MigrationMessage.Applied;
import io.slotcast.broker.migration.MigrationMessage.Data;
import io.slotcast.broker.migration.MigrationMessage.Opened;
import io.slotcast.broker.migration.MigrationMessage.Piece;
import io.slotcast.broker.migration.MigrationMessage.Ready;
import io.slotcast.broker.migration.MigrationMessage.Verdict;
import io.slotcast.router.NodeId;
import io.slotcast.router.SlotSet;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongPredicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The target's part in a migration of slots: takes in what the source sends, says when it has
 * everything, and owns the slots when the cluster has agreed so. Until it was ready it drops what
 * it has as soon as something goes wrong. From then on the cluster may agree at any moment: what is
 * here stays until it is certain that it never will, which the register alone can tell.
 *
 * <p>Owned by the migration thread.
 */
final class Import {
  private static final Logger log = LoggerFactory.getLogger(Import.class);
  private static final long LOOK_MILLIS = 500;
  private static final long SAFE_LOOK_MILLIS = 1;

  private final Surroundings by;
  private final Progress progress;
  private long expected;
  private long applied;
  private boolean deciding;

  /**
   * What it works with, the same for all migrations of a node.
   *
   * @param isSafe whether what this node's effects told up to an offset is durable and replicated
   *     as its operator asks
   */
  record Surroundings(
      ImportedSlots slots,
      ClusterView cluster,
      MigrationLink link,
      LongPredicate isSafe,
      ScheduledExecutorService thread) {}

  Import(Surroundings by, Progress progress) {
    this.by = by;
    this.progress = progress;
  }

  MigrationJob job() {
    return progress.job();
  }

  private NodeId source() {
    return job().source();
  }

  private boolean send(MigrationMessage message) {
    return by.link().send(source(), job().number(), message);
  }

  void begin() {
    by.slots().empty(job().slots());
    send(new Opened());
  }

  // ---- What the source says ----

  void onData(Data data) {
    if (progress.state() != State.COPYING) {
      return;
    }
    if (data.sequence() != expected) {
      giveUp(State.FAILED, "something of what the source sent was lost");
      return;
    }
    expected++;
    try {
      for (Piece piece : data.pieces()) {
        if (!job().slots().contains(piece.slot())) {
          throw new IllegalStateException("slot " + piece.slot() + " was not announced");
        }
        by.slots().take(piece);
        applied += piece.bytes().length;
      }
    } catch (RuntimeException unusable) {
      log.warn("What the source of {} sent cannot be taken in", job().name(), unusable);
      giveUp(State.FAILED, "what the source sent cannot be taken in: " + unusable.getMessage());
      return;
    }
    progress.moved(applied, 0);
    send(new Applied(applied));
  }

  void onFinish(long sequence) {
    if (progress.state() != State.COPYING) {
      return;
    }
    if (sequence == expected) {
      readyOnceSafe(by.slots().effects().offset());
    } else {
      giveUp(State.FAILED, "something of what the source sent was lost");
    }
  }

  private void readyOnceSafe(long offset) {
    if (progress.state() != State.COPYING) {
      return;
    }
    if (by.isSafe().test(offset)) {
      progress.become(State.READY);
      send(new Ready());
    } else {
      by.thread().schedule(() -> readyOnceSafe(offset), SAFE_LOOK_MILLIS, TimeUnit.MILLISECONDS);
    }
  }

  void onAborted(String reason) {
    switch (progress.state()) {
      case READY, UNSURE -> decide(reason);
      case COPYING -> drop(State.FAILED, reason);
      default -> {}
    }
  }

  void onLinkEnd() {
    if (progress.state() == State.READY) {
      progress.become(State.UNSURE, "the link to the source was lost");
      lookLater();
    } else if (progress.state() == State.COPYING) {
      drop(State.FAILED, "the link to the source was lost");
    }
  }

  // ---- Who owns the slots ----

  /** The cluster has agreed on something. */
  void onTopology() {
    boolean waits = progress.state() == State.READY || progress.state() == State.UNSURE;
    if (waits && ownsAll()) {
      progress.become(State.DONE);
    } else if (waits && !sourceOwnsAll()) {
      decide("the source lost the slots");
    } else if (progress.state() == State.COPYING && !sourceOwnsAll()) {
      giveUp(State.FAILED, "the source lost the slots");
    }
  }

  private boolean ownsAll() {
    return by.cluster().topology().slotsOf(by.cluster().self()).containsAll(job().slots());
  }

  private boolean sourceOwnsAll() {
    return by.cluster().topology().slotsOf(source()).containsAll(job().slots());
  }

  private void lookLater() {
    by.thread().schedule(this::look, LOOK_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void look() {
    if (progress.state() == State.UNSURE) {
      // A source that still tries is silent, one that has given up or begun anew aborts.
      send(new Verdict());
      lookLater();
    }
  }

  /**
   * The source will propose no more, but what it proposed may still come to pass: a change that is
   * committed now decides it.
   */
  private void decide(String reason) {
    if (deciding) {
      return;
    }
    deciding = true;
    by.cluster()
        .membership()
        .topology()
        .propose(found -> found)
        .whenCompleteAsync(
            (topology, failure) -> {
              deciding = false;
              if (progress.state().isEnd()) {
                return;
              }
              if (failure != null) {
                by.thread().schedule(() -> decide(reason), LOOK_MILLIS, TimeUnit.MILLISECONDS);
              } else if (topology.slotsOf(by.cluster().self()).containsAll(job().slots())) {
                progress.become(State.DONE);
              } else {
                drop(State.FAILED, reason);
              }
            },
            by.thread());
  }

  // ---- The end ----

  void cancel() {
    if (progress.state() == State.COPYING) {
      giveUp(State.CANCELLED, "it was cancelled");
    } else if (!progress.state().isEnd()) {
      // The source decides now: the cancelling of what is ready may come too late.
      send(new Abort("it was cancelled"));
    }
  }

  private void giveUp(State state, String reason) {
    send(new Abort(reason));
    drop(state, reason);
  }

  private void drop(State state, String reason) {
    SlotSet own = by.cluster().topology().slotsOf(by.cluster().self());
    by.slots().empty(job().slots().minus(own));
    progress.become(state, reason);
  }
}
