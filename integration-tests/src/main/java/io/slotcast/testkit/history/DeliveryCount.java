package io.slotcast.testkit.history;

import java.util.HashSet;
import java.util.Set;

/**
 * What one subscriber got of one publisher's numbered messages. Not safe for use by several threads.
 */
public final class DeliveryCount {
  private final Set<Long> seen = new HashSet<>();
  private long last = -1;
  private long repeated;
  private long late;

  /** A message came. */
  public void add(long number) {
    if (!seen.add(number)) {
      repeated++;
    } else if (number < last) {
      late++;
    }
    last = Math.max(last, number);
  }

  public long received() {
    return seen.size();
  }

  /** Messages that came again. */
  public long repeated() {
    return repeated;
  }

  /** Messages that came for the first time after one with a higher number. */
  public long late() {
    return late;
  }

  /** Of the numbers from {@code first} to {@code last}, those that never came. */
  public long missing(long first, long last) {
    long there = seen.stream().filter(number -> first <= number && number <= last).count();
    return last - first + 1 - there;
  }
}
