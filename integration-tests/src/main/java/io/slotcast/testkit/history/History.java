package io.slotcast.testkit.history;

import io.slotcast.testkit.history.Operation.Kind;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Everything that clients asked for, and the judgement of what is left. Each key is used by one
 * kind of request alone, SET and GET apart, and is not there at the beginning. Safe for all threads
 * while it is written; judged when all clients have ended.
 */
public final class History {
  private final Collection<Operation> operations = new ConcurrentLinkedQueue<>();

  public void add(Operation operation) {
    operations.add(operation);
  }

  /**
   * What cannot be; empty if all is as promised.
   *
   * @param slot names the slot of a key
   */
  public List<String> violations(Promise promise, FinalState state, Function<String, String> slot) {
    List<String> violations = new ArrayList<>();
    by(Operation::key)
        .forEach((key, ofKey) -> violations.addAll(violations(promise, key, ofKey, state)));
    by(operation -> slot.apply(operation.key()))
        .forEach((name, ofSlot) -> violations.addAll(new OwnerCheck(name).violations(ofSlot)));
    return violations;
  }

  private static List<String> violations(
      Promise promise, String key, List<Operation> ofKey, FinalState state) {
    boolean kept = promise == Promise.ACKNOWLEDGED_IS_KEPT;
    return switch (ofKey.getFirst().kind()) {
      case XADD, RPUSH ->
          new SequenceCheck(key, promise, ofKey)
              .violations(state.sequences().getOrDefault(key, List.of()));
      case SET, GET -> kept ? new RegisterCheck(key).violations(ofKey) : List.of();
      case INCR ->
          kept
              ? new CounterCheck(key).violations(ofKey, state.counters().getOrDefault(key, 0L))
              : List.of();
    };
  }

  private Map<String, List<Operation>> by(Function<Operation, String> property) {
    return operations.stream()
        .collect(Collectors.groupingBy(property, TreeMap::new, Collectors.toList()));
  }

  /** How many of each kind were acknowledged, refused and unknown, a line each. */
  public String summary() {
    StringBuilder summary = new StringBuilder();
    for (Kind kind : Kind.values()) {
      summary.append(
          "%-6s acknowledged %d, refused %d, unknown %d%n"
              .formatted(
                  kind,
                  count(kind, Outcome.Acknowledged.class),
                  count(kind, Outcome.Refused.class),
                  count(kind, Outcome.Unknown.class)));
    }
    return summary.toString();
  }

  /** How many of a kind had an outcome. */
  public long count(Kind kind, Class<? extends Outcome> outcome) {
    return operations.stream()
        .filter(operation -> operation.kind() == kind && outcome.isInstance(operation.outcome()))
        .count();
  }
}
