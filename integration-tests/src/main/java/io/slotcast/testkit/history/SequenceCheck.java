package io.slotcast.testkit.history;

import io.slotcast.testkit.history.FinalState.Element;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A stream or a list to which clients appended: each acknowledged value is in it, at the position
 * that its reply named, none twice, none that was refused; and if one append was answered before
 * another was sent, its value comes first.
 */
final class SequenceCheck {
  private final String key;
  private final Promise promise;
  private final Map<String, Operation> appends = new HashMap<>();
  private final List<String> violations = new ArrayList<>();

  SequenceCheck(String key, Promise promise, List<Operation> operations) {
    this.key = key;
    this.promise = promise;
    operations.forEach(append -> appends.put(append.value(), append));
  }

  List<String> violations(List<Element> held) {
    Map<String, Element> byValue = new HashMap<>();
    for (Element element : held) {
      if (byValue.put(element.value(), element) != null) {
        violations.add(key + " holds twice: " + element);
      }
    }
    held.forEach(this::checkOrigin);
    if (promise == Promise.ACKNOWLEDGED_IS_KEPT) {
      appends.values().stream()
          .filter(Operation::isAcknowledged)
          .forEach(append -> checkKept(append, byValue));
    }
    checkOrder(held);
    return violations;
  }

  private void checkOrigin(Element element) {
    Operation append = appends.get(element.value());
    if (append == null) {
      violations.add(key + " holds what nobody wrote: " + element);
    } else if (append.isRefused()) {
      violations.add(key + " holds what was refused: " + append);
    }
  }

  private void checkKept(Operation append, Map<String, Element> byValue) {
    Element element = byValue.get(append.value());
    if (element == null) {
      violations.add(key + " has lost what was acknowledged: " + append);
    } else if (!element.position().equals(append.reply())) {
      violations.add(key + " holds it at " + element.position() + ": " + append);
    }
  }

  /** From the end: the earliest answer seen so far is that of a value that stands later. */
  private void checkOrder(List<Element> held) {
    Operation earliest = null;
    for (Element element : held.reversed()) {
      Operation append = appends.get(element.value());
      if (append == null) {
        continue;
      }
      if (earliest != null && earliest.end() < append.invoked()) {
        violations.add(key + " has the order wrong: " + append + " stands before " + earliest);
      }
      if (earliest == null || append.end() < earliest.end()) {
        earliest = append;
      }
    }
  }
}
