package io.slotcast.broker.command.sortedset;

import io.slotcast.broker.bytes.ByteMap;
import io.slotcast.broker.keyspace.sortedset.ScoredMember;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What becomes of several sorted sets. */
enum Operation {
  INTERSECTION {
    @Override
    List<ScoredMember> apply(List<Input> inputs, Aggregate aggregate) {
      List<Input> bySize = bySize(inputs);
      Input smallest = bySize.getFirst();
      List<ScoredMember> result = new ArrayList<>();
      for (ScoredMember entry : smallest.entries()) {
        double score = zeroIfNaN(smallest.weighted(entry.score()));
        int found = 1;
        while (found < bySize.size()) {
          Input other = bySize.get(found);
          double otherScore = other.score(entry.member());
          if (Double.isNaN(otherScore)) {
            break;
          }
          score = aggregate.of(score, other.weighted(otherScore));
          found++;
        }
        if (found == bySize.size()) {
          result.add(new ScoredMember(entry.member(), score));
        }
      }
      return result;
    }
  },
  UNION {
    @Override
    List<ScoredMember> apply(List<Input> inputs, Aggregate aggregate) {
      ByteMap<Double> scores = new ByteMap<>();
      for (Input input : bySize(inputs)) {
        for (ScoredMember entry : input.entries()) {
          double score = zeroIfNaN(input.weighted(entry.score()));
          Double before = scores.get(entry.member());
          scores.put(entry.member(), before == null ? score : aggregate.of(before, score));
        }
      }
      List<ScoredMember> result = new ArrayList<>(scores.size());
      scores.forEach((member, score) -> result.add(new ScoredMember(member, score)));
      return result;
    }
  },
  DIFFERENCE {
    @Override
    List<ScoredMember> apply(List<Input> inputs, Aggregate aggregate) {
      List<Input> others = inputs.subList(1, inputs.size());
      List<ScoredMember> result = new ArrayList<>();
      for (ScoredMember entry : inputs.getFirst().entries()) {
        if (others.stream().allMatch(other -> Double.isNaN(other.score(entry.member())))) {
          result.add(entry);
        }
      }
      return result;
    }
  };

  /** The members of the result, in no order. */
  abstract List<ScoredMember> apply(List<Input> inputs, Aggregate aggregate);

  /** The smallest first, as Redis adds them up: the order tells in the last digits of a sum. */
  private static List<Input> bySize(List<Input> inputs) {
    return inputs.stream().sorted(Comparator.comparingInt(Input::size)).toList();
  }

  private static double zeroIfNaN(double score) {
    return Double.isNaN(score) ? 0 : score;
  }
}
