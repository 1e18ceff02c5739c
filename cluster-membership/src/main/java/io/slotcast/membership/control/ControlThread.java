package io.slotcast.membership.control;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one thread of a node that owns its membership state. Tasks run in the order in which they
 * were handed over; after {@link #stop} none does.
 */
public final class ControlThread {
  /** A task to come that can be called off. */
  @FunctionalInterface
  public interface Timer {
    void cancel();
  }

  private static final Logger LOG = LoggerFactory.getLogger(ControlThread.class);

  /** Far more than a busy cluster has under way; past it, messages are lost as on a bad network. */
  private static final int MAX_WAITING_MESSAGES = 4_096;

  private final ScheduledThreadPoolExecutor executor;
  private final Runnable onDiskFailure;
  private final AtomicInteger waitingMessages = new AtomicInteger();
  private volatile @Nullable Thread owner;

  /**
   * @param onDiskFailure called when state could not be made durable: the node must fall silent,
   *     for nobody knows what a restart would find
   */
  public ControlThread(String name, Runnable onDiskFailure) {
    this.onDiskFailure = onDiskFailure;
    executor =
        new ScheduledThreadPoolExecutor(
            1,
            task -> {
              Thread thread = Thread.ofPlatform().name(name).daemon().unstarted(task);
              owner = thread;
              return thread;
            });
    executor.setRemoveOnCancelPolicy(true);
    executor.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
  }

  /** From any thread; nothing happens once the thread is stopped. */
  public void execute(Runnable task) {
    try {
      executor.execute(() -> run(task));
    } catch (RejectedExecutionException e) {
      LOG.debug("the node is stopped", e);
    }
  }

  /** From any thread: as {@link #execute}, but dropped if too much waits. */
  public void offer(Runnable message) {
    if (waitingMessages.incrementAndGet() > MAX_WAITING_MESSAGES) {
      waitingMessages.decrementAndGet();
      return;
    }
    execute(
        () -> {
          waitingMessages.decrementAndGet();
          message.run();
        });
  }

  public Timer after(Duration delay, Runnable task) {
    return timer(() -> executor.schedule(() -> run(task), delay.toNanos(), TimeUnit.NANOSECONDS));
  }

  /** Runs {@code task} once every {@code period}, the first time after one. */
  public Timer every(Duration period, Runnable task) {
    long nanos = period.toNanos();
    return timer(
        () -> executor.scheduleWithFixedDelay(() -> run(task), nanos, nanos, TimeUnit.NANOSECONDS));
  }

  private interface Scheduling {
    Future<?> schedule();
  }

  private static Timer timer(Scheduling scheduling) {
    try {
      Future<?> future = scheduling.schedule();
      return () -> future.cancel(false);
    } catch (RejectedExecutionException e) {
      return () -> {};
    }
  }

  private void run(Runnable task) {
    // The executor itself would still run what is due already.
    if (executor.isShutdown()) {
      return;
    }
    try {
      task.run();
    } catch (UncheckedIOException e) {
      LOG.error("Membership state cannot be written; this node withdraws from the cluster", e);
      executor.shutdown();
      onDiskFailure.run();
    } catch (RuntimeException e) {
      LOG.error("A control-plane task failed", e);
    }
  }

  /**
   * Lets the task under way end, which must not be interrupted while it writes, drops the rest and
   * waits for the thread to be gone; called by that thread itself, it does not wait.
   */
  public void stop() {
    executor.shutdown();
    boolean interrupted = false;
    try {
      while (!Thread.currentThread().equals(owner) && !executor.isTerminated()) {
        try {
          executor.awaitTermination(1, TimeUnit.MINUTES);
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
