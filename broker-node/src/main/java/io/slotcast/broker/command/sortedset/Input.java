package io.slotcast.broker.command.sortedset;

import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.CommandException;
import io.slotcast.broker.keyspace.Value;
import io.slotcast.broker.keyspace.set.SetValue;
import io.slotcast.broker.keyspace.sortedset.ScoredMember;
import io.slotcast.broker.keyspace.sortedset.SortedSetValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One of the sorted sets that are combined. A set is one as well, whose scores are all 1; a key
 * that is not there has no members.
 *
 * @param weight what its scores are multiplied by
 */
record Input(@Nullable Value value, double weight) {
  /**
   * The inputs of so many keys, with weight 1.
   *
   * @throws CommandException if one holds something else
   */
  static List<Input> read(Call call, int firstKey, int count) {
    List<Input> inputs = new ArrayList<>(count);
    for (int i = firstKey; i < firstKey + count; i++) {
      Value value = call.readKey(i);
      if (value != null && !(value instanceof SortedSetValue) && !(value instanceof SetValue)) {
        throw CommandException.wrongType();
      }
      inputs.add(new Input(value, 1));
    }
    return inputs;
  }

  Input withWeight(double newWeight) {
    return new Input(value, newWeight);
  }

  int size() {
    return switch (value) {
      case SortedSetValue sortedSet -> sortedSet.size();
      case SetValue set -> set.size();
      case null, default -> 0;
    };
  }

  /** The score of a member, without its weight; NaN if it is not there. */
  double score(byte[] member) {
    return switch (value) {
      case SortedSetValue sortedSet -> sortedSet.score(member, 0, member.length);
      case SetValue set -> set.contains(member) ? 1 : Double.NaN;
      case null, default -> Double.NaN;
    };
  }

  /** All members, with their scores without the weight. */
  List<ScoredMember> entries() {
    return switch (value) {
      case SortedSetValue sortedSet -> sortedSet.entries(sortedSet.all(), false);
      case SetValue set ->
          set.members().stream().map(member -> new ScoredMember(member, 1)).toList();
      case null, default -> List.of();
    };
  }

  /** What the score of a member counts here. */
  double weighted(double score) {
    return weight * score;
  }
}
