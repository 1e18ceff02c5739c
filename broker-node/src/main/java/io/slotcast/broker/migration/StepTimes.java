package io.slotcast.broker.migration;

import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** How long each step of a handover took, for the log. For one step after the other. */
final class StepTimes {
  private final StringBuilder text = new StringBuilder();
  private long begun = System.nanoTime();

  /** A step that first notes the end of the one before. */
  <T, R> Function<T, R> after(String before, Function<T, R> step) {
    return result -> {
      ended(before);
      return step.apply(result);
    };
  }

  private synchronized void ended(String step) {
    long now = System.nanoTime();
    text.append(text.isEmpty() ? "" : ", ")
        .append(TimeUnit.NANOSECONDS.toMillis(now - begun))
        .append(" ms ")
        .append(step);
    begun = now;
  }

  /** Such as {@code 3 ms to stop, 12 ms to agree}. */
  @Override
  public synchronized String toString() {
    return text.toString();
  }
}
