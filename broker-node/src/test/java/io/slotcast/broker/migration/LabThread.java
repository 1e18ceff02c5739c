package io.slotcast.broker.migration;

import java.util.List;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.Callable;
import java.util.concurrent.Delayed;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** A thread of a node in {@link LabTime}: its tasks are events, and none comes after its end. */
final class LabThread extends AbstractExecutorService implements ScheduledExecutorService {
  private final LabTime time;
  private boolean ended;

  LabThread(LabTime time) {
    this.time = time;
  }

  private void run(Runnable task) {
    if (!ended) {
      task.run();
    }
  }

  @Override
  public void execute(Runnable task) {
    time.after(0, () -> run(task));
  }

  @Override
  public ScheduledFuture<?> schedule(Runnable command, long delay, TimeUnit unit) {
    return plan(Executors.callable(command), delay, unit);
  }

  private <V> ScheduledFuture<V> plan(Callable<V> task, long delay, TimeUnit unit) {
    Planned<V> planned = new Planned<>(task);
    time.after(unit.toMillis(delay), () -> run(planned));
    return planned;
  }

  @Override
  public <V> ScheduledFuture<V> schedule(Callable<V> callable, long delay, TimeUnit unit) {
    return plan(callable, delay, unit);
  }

  @Override
  public ScheduledFuture<?> scheduleAtFixedRate(
      Runnable command, long initialDelay, long period, TimeUnit unit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public ScheduledFuture<?> scheduleWithFixedDelay(
      Runnable command, long initialDelay, long delay, TimeUnit unit) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void shutdown() {
    ended = true;
  }

  @Override
  public List<Runnable> shutdownNow() {
    ended = true;
    return List.of();
  }

  @Override
  public boolean isShutdown() {
    return ended;
  }

  @Override
  public boolean isTerminated() {
    return ended;
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) {
    return ended;
  }

  /** A task that can be called off. */
  private static final class Planned<V> extends FutureTask<V> implements ScheduledFuture<V> {
    Planned(Callable<V> task) {
      super(task);
    }

    @Override
    public long getDelay(TimeUnit unit) {
      return 0;
    }

    @Override
    public int compareTo(Delayed other) {
      return 0;
    }
  }
}
