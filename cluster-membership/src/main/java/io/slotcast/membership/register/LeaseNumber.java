package io.slotcast.membership.register;

import java.util.Comparator;

/**
 * The number of one lease request of a node, ordered in time over all its runs.
 *
 * @param incarnation the run of the node ({@link AcceptorState#incarnation})
 * @param sequence counts the requests of that run, from 1
 */
public record LeaseNumber(long incarnation, long sequence) implements Comparable<LeaseNumber> {
  private static final Comparator<LeaseNumber> ORDER =
      Comparator.comparingLong(LeaseNumber::incarnation).thenComparingLong(LeaseNumber::sequence);

  @Override
  public int compareTo(LeaseNumber other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return incarnation + "." + sequence;
  }
}
