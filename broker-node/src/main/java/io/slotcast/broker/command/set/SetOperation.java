package io.slotcast.broker.command.set;

import io.slotcast.broker.keyspace.set.SetValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What becomes of several sets; a set that is not there is empty. */
enum SetOperation {
  INTERSECTION {
    @Override
    SetValue apply(List<@Nullable SetValue> inputs, SetValue result) {
      if (inputs.contains(null)) {
        return result;
      }
      List<SetValue> sets = present(inputs);
      sets.sort(Comparator.comparingInt(SetValue::size));
      List<SetValue> others = sets.subList(1, sets.size());
      for (byte[] member : sets.getFirst().members()) {
        if (others.stream().allMatch(other -> other.contains(member))) {
          result.add(member);
        }
      }
      return result;
    }
  },
  UNION {
    @Override
    SetValue apply(List<@Nullable SetValue> inputs, SetValue result) {
      present(inputs).forEach(set -> set.forEach(result::add));
      return result;
    }
  },
  DIFFERENCE {
    @Override
    SetValue apply(List<@Nullable SetValue> inputs, SetValue result) {
      SetValue first = inputs.getFirst();
      if (first == null) {
        return result;
      }
      List<SetValue> others = present(inputs.subList(1, inputs.size()));
      for (byte[] member : first.members()) {
        if (others.stream().noneMatch(other -> other.contains(member))) {
          result.add(member);
        }
      }
      return result;
    }
  };

  /** Adds what comes out to {@code result}, which is empty before, and returns it. */
  abstract SetValue apply(List<@Nullable SetValue> inputs, SetValue result);

  static List<SetValue> present(List<@Nullable SetValue> inputs) {
    List<SetValue> sets = new ArrayList<>();
    for (SetValue input : inputs) {
      if (input != null) {
        sets.add(input);
      }
    }
    return sets;
  }
}
