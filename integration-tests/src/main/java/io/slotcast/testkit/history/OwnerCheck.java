package io.slotcast.testkit.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Who answered writes to one slot, and by which epoch of the topology: an epoch has one owner of
 * the slot, and who answers after another node has answered does so by a higher epoch. This holds
 * whether or not what was acknowledged is kept.
 */
final class OwnerCheck {
  private final String slot;
  private final List<String> violations = new ArrayList<>();

  /** By node, the answer with its highest epoch among those considered so far. */
  private final Map<String, Operation> highest = new HashMap<>();

  OwnerCheck(String slot) {
    this.slot = slot;
  }

  List<String> violations(List<Operation> operations) {
    List<Operation> answered =
        operations.stream()
            .filter(Operation::isAcknowledged)
            .filter(operation -> operation.acknowledged().epoch() > 0)
            .toList();
    checkEpochs(answered);
    List<Operation> byEnd =
        answered.stream().sorted(Comparator.comparingLong(Operation::answered)).toList();
    List<Operation> byBegin =
        answered.stream().sorted(Comparator.comparingLong(Operation::invoked)).toList();
    int ended = 0;
    for (Operation later : byBegin) {
      while (ended < byEnd.size() && byEnd.get(ended).answered() < later.invoked()) {
        Operation earlier = byEnd.get(ended++);
        highest.merge(node(earlier), earlier, (a, b) -> epoch(a) >= epoch(b) ? a : b);
      }
      highest.values().forEach(earlier -> checkAfter(earlier, later));
    }
    return violations;
  }

  private void checkEpochs(List<Operation> answered) {
    Map<Long, Operation> byEpoch = new HashMap<>();
    for (Operation operation : answered) {
      Operation first = byEpoch.putIfAbsent(epoch(operation), operation);
      if (first != null && !node(first).equals(node(operation))) {
        violations.add(slot + " had two owners by one epoch: " + first + ", " + operation);
      }
    }
  }

  private void checkAfter(Operation earlier, Operation later) {
    if (!node(earlier).equals(node(later)) && epoch(later) <= epoch(earlier)) {
      violations.add(slot + " was served by an owner of the past: " + later + " after " + earlier);
    }
  }

  private static String node(Operation operation) {
    return operation.acknowledged().node();
  }

  private static long epoch(Operation operation) {
    return operation.acknowledged().epoch();
  }
}
