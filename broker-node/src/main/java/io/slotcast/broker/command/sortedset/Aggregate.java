package io.slotcast.broker.command.sortedset;

/** What becomes of the scores that a member has in several sorted sets. */
enum Aggregate {
  SUM {
    @Override
    double of(double score, double other) {
      double sum = score + other;
      // Of the two infinities.
      return Double.isNaN(sum) ? 0 : sum;
    }
  },
  MIN {
    @Override
    double of(double score, double other) {
      return other < score ? other : score;
    }
  },
  MAX {
    @Override
    double of(double score, double other) {
      return other > score ? other : score;
    }
  };

  /** {@code other} may be NaN, where a weight of 0 met an infinite score. */
  abstract double of(double score, double other);
}
