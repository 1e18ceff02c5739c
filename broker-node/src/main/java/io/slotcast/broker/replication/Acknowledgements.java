package io.slotcast.broker.replication;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Who waits until replicas, or disks, have what was written. Safe from any thread. */
final class Acknowledgements {
  /** Something that is waited for. */
  private static final class Wait {
    final BooleanSupplier isMet;
    final Runnable done;

    Wait(BooleanSupplier isMet, Runnable done) {
      this.isMet = isMet;
      this.done = done;
    }
  }

  private final ScheduledExecutorService timer;
  private final List<Wait> waits = new ArrayList<>(); // guarded by this
  private volatile boolean any;

  Acknowledgements(ScheduledExecutorService timer) {
    this.timer = timer;
  }

  /**
   * Runs {@code done} once, when the condition is met or the time is over.
   *
   * @param millis 0 for ever
   */
  void await(BooleanSupplier isMet, long millis, Runnable done) {
    Wait wait = new Wait(isMet, done);
    synchronized (this) {
      waits.add(wait);
      any = true;
    }
    if (millis > 0) {
      timer.schedule(() -> end(wait), millis, TimeUnit.MILLISECONDS);
    }
    // What was acknowledged before this was noted tells nobody.
    moved();
  }

  private void end(Wait wait) {
    boolean ended;
    synchronized (this) {
      ended = waits.remove(wait);
    }
    if (ended) {
      wait.done.run();
    }
  }

  /** Something was acknowledged. */
  void moved() {
    if (any) {
      endAll(false);
    }
  }

  /** Nobody acknowledges anything any more. */
  void giveUp() {
    endAll(true);
  }

  private void endAll(boolean always) {
    List<Wait> ended = new ArrayList<>();
    synchronized (this) {
      for (Iterator<Wait> each = waits.iterator(); each.hasNext(); ) {
        Wait wait = each.next();
        if (always || wait.isMet.getAsBoolean()) {
          each.remove();
          ended.add(wait);
        }
      }
      any = !waits.isEmpty();
    }
    ended.forEach(wait -> wait.done.run());
  }
}
