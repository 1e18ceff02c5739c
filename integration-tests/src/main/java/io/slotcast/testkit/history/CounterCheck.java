package io.slotcast.testkit.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A key with INCR: no number is given twice, later requests get higher ones, and none is lost. */
final class CounterCheck {
  private final String key;

  CounterCheck(String key) {
    this.key = key;
  }

  /**
   * @param held the number in the end
   */
  List<String> violations(List<Operation> operations, long held) {
    List<String> violations = new ArrayList<>();
    List<Operation> acknowledged =
        operations.stream()
            .filter(Operation::isAcknowledged)
            .sorted(Comparator.comparingLong(CounterCheck::number))
            .toList();
    Map<Long, Operation> byNumber = new HashMap<>();
    for (Operation increment : acknowledged) {
      Operation same = byNumber.put(number(increment), increment);
      if (same != null) {
        violations.add(key + " gave one number twice: " + same + ", " + increment);
      }
    }
    checkOrder(acknowledged, violations);
    if (!acknowledged.isEmpty() && number(acknowledged.getLast()) > held) {
      violations.add(key + " is " + held + " after " + acknowledged.getLast());
    }
    return violations;
  }

  private void checkOrder(List<Operation> byNumber, List<String> violations) {
    Operation earliest = null;
    for (Operation increment : byNumber.reversed()) {
      if (earliest != null && earliest.end() < increment.invoked()) {
        violations.add(key + " has the order wrong: " + increment + " is below " + earliest);
      }
      if (earliest == null || increment.end() < earliest.end()) {
        earliest = increment;
      }
    }
  }

  private static long number(Operation increment) {
    return Long.parseLong(increment.reply());
  }
}
