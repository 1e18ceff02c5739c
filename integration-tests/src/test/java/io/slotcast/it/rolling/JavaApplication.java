package io.slotcast.it.rolling;

import io.slotcast.testkit.history.DeliveryCount;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** An application in this process: one thread appends and publishes in turn. */
abstract class JavaApplication implements Application {
  private static final Duration PAUSE = Duration.ofMillis(5);

  private final String name;
  private final CountDownLatch over = new CountDownLatch(1);
  private final Thread worker = new Thread(this::work, "application");
  private final Queue<Long> heard = new ConcurrentLinkedQueue<>();
  private final Queue<String> errors = new ConcurrentLinkedQueue<>();

  // Read when the worker has ended.
  private final Map<String, List<String>> appended = new HashMap<>();
  private final List<Long> sent = new ArrayList<>();

  JavaApplication(String name) {
    this.name = name;
  }

  @Override
  public final String name() {
    return name;
  }

  /** Subscribes, and hands what comes to {@link #heard}. */
  abstract void subscribe() throws Exception;

  abstract void append(String stream, String value);

  abstract void publish(String channel, String message);

  @Override
  public final void start() throws Exception {
    subscribe();
    worker.start();
  }

  private void work() {
    List<String> streams = Application.streams(name);
    String channel = Application.channel(name);
    try {
      for (long number = 0; !over.await(PAUSE.toNanos(), TimeUnit.NANOSECONDS); number++) {
        String stream = streams.get(Math.toIntExact(number % streams.size()));
        String value = Long.toString(number);
        if (succeeds(() -> append(stream, value))) {
          appended.computeIfAbsent(stream, _ -> new ArrayList<>()).add(value);
        }
        if (succeeds(() -> publish(channel, value))) {
          sent.add(number);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean succeeds(Runnable request) {
    try {
      request.run();
      return true;
    } catch (RuntimeException e) {
      error(e);
      return false;
    }
  }

  /** What the library raised to the application. */
  final void error(RuntimeException raised) {
    String message = String.valueOf(raised.getMessage());
    String kind = raised.getClass().getSimpleName();
    // An error reply without a code of its own is told whole: its text says whose fault it is.
    errors.add(message.startsWith("ERR ") ? kind + " " + message : kind);
  }

  final void heard(String message) {
    heard.add(Long.parseLong(message));
  }

  final boolean isOver() {
    return over.getCount() == 0;
  }

  @Override
  public final Report stop() throws InterruptedException {
    over.countDown();
    worker.join();
    DeliveryCount count = new DeliveryCount();
    heard.forEach(count::add);
    Map<String, Integer> byKind = new TreeMap<>();
    errors.forEach(kind -> byKind.merge(kind, 1, Integer::sum));
    return new Report(appended, byKind, sent, count);
  }

  @Override
  public void close() {
    over.countDown();
  }
}
