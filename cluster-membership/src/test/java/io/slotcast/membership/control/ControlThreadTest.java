package io.slotcast.membership.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ControlThreadTest {
  private final AtomicBoolean diskFailed = new AtomicBoolean();
  private final ControlThread thread =
      new ControlThread("control-test", () -> diskFailed.set(true));
  private final List<String> done = new CopyOnWriteArrayList<>();

  @AfterEach
  void stop() {
    thread.stop();
  }

  @Test
  void tasksRunInOrderOnOneThread() {
    for (int i = 0; i < 3; i++) {
      thread.execute(() -> done.add(Thread.currentThread().getName()));
    }
    thread.offer(() -> done.add("offered"));

    await()
        .untilAsserted(
            () ->
                assertThat(done)
                    .containsExactly("control-test", "control-test", "control-test", "offered"));
  }

  @Test
  void aTaskThatFailsDoesNotEndTheThread() {
    thread.execute(
        () -> {
          throw new IllegalStateException("a mistake, on purpose");
        });
    thread.execute(() -> done.add("next"));

    await().untilAsserted(() -> assertThat(done).containsExactly("next"));
    assertThat(diskFailed).isFalse();
  }

  @Test
  void whenTheDiskFailsNothingMoreIsDone() {
    CountDownLatch queued = new CountDownLatch(1);
    thread.execute(
        () -> {
          awaitLatch(queued);
          throw new UncheckedIOException(new IOException("a full disk, on purpose"));
        });
    thread.execute(() -> done.add("after"));
    queued.countDown();

    await().untilTrue(diskFailed);
    thread.stop();
    assertThat(done).isEmpty();
  }

  @Test
  void timersComeOrAreCalledOff() {
    ControlThread.Timer never = thread.after(Duration.ofMinutes(1), () -> done.add("never"));
    thread.every(Duration.ofMillis(1), () -> done.add("tick"));
    never.cancel();

    await().untilAsserted(() -> assertThat(done).hasSizeGreaterThan(3).containsOnly("tick"));
  }

  @Test
  void stoppingLetsTheTaskUnderWayEndAndDropsTheRest() throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch goOn = new CountDownLatch(1);
    thread.execute(
        () -> {
          begun.countDown();
          awaitLatch(goOn);
          done.add(Thread.currentThread().isInterrupted() ? "interrupted" : "whole");
        });
    thread.execute(() -> done.add("dropped"));
    begun.await();
    Thread stopper = Thread.startVirtualThread(thread::stop);
    await().until(() -> stopper.getState() == Thread.State.TIMED_WAITING);
    goOn.countDown();
    stopper.join();

    assertThat(done).containsExactly("whole");
    thread.execute(() -> done.add("late"));
    thread.after(Duration.ZERO, () -> done.add("late"));
    assertThat(done).containsExactly("whole");
  }

  @Test
  void theThreadMayStopItself() {
    thread.execute(
        () -> {
          thread.stop();
          done.add("stopped");
        });

    await().untilAsserted(() -> assertThat(done).containsExactly("stopped"));
  }

  private static void awaitLatch(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
