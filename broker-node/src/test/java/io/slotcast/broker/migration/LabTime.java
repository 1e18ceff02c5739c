package io.slotcast.broker.migration;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;

/** Time that passes from one event to the next, when the test says so. */
final class LabTime implements InstantSource {
  private static final Comparator<Event> ORDER =
      Comparator.comparingLong(Event::millis).thenComparingLong(Event::number);

  private final Queue<Event> events = new PriorityQueue<>(ORDER);
  private long now = 1_800_000_000_000L;
  private long numbers;

  private record Event(long millis, long number, Runnable action) {}

  /** Events of one moment come in the order in which they were planned. */
  void after(long millis, Runnable action) {
    events.add(new Event(now + millis, numbers++, action));
  }

  /** The next event comes to pass; false if there is none. */
  boolean step() {
    Event next = events.poll();
    if (next == null) {
      return false;
    }
    now = next.millis();
    next.action().run();
    return true;
  }

  @Override
  public long millis() {
    return now;
  }

  @Override
  public Instant instant() {
    return Instant.ofEpochMilli(now);
  }
}
