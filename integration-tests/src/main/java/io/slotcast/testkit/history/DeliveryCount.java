package io.slotcast.testkit.history;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;

/**
 * What one subscriber got of one publisher's numbered messages. Not safe for use by several
 * threads.
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

  /** Of the numbers that were sent, those that never came. */
  public long missing(Collection<Long> sent) {
    return sent.stream().filter(number -> !seen.contains(number)).count();
  }
}
