package io.slotcast.membership.register;

import io.slotcast.router.NodeId;
import java.util.Comparator;

/**
 * The number of one round of the register. No two rounds share one: a node never uses a counter
 * twice, and the node breaks ties.
 *
 * @param counter from 1 for rounds; 0 for {@link #ZERO} only
 */
public record Ballot(long counter, NodeId proposer) implements Comparable<Ballot> {
  /** Below every round's: founding voters hold the genesis value at it. */
  public static final Ballot ZERO = new Ballot(0, new NodeId("0".repeat(40)));

  private static final Comparator<Ballot> ORDER =
      Comparator.comparingLong(Ballot::counter).thenComparing(Ballot::proposer);

  public Ballot {
    if (counter < 0) {
      throw new IllegalArgumentException("a ballot's counter is not negative: " + counter);
    }
  }

  @Override
  public int compareTo(Ballot other) {
    return ORDER.compare(this, other);
  }

  public boolean isBelow(Ballot other) {
    return compareTo(other) < 0;
  }

  @Override
  public String toString() {
    return counter + "@" + proposer.hex().substring(0, 8);
  }
}
