package io.slotcast.testkit.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A key with SET and GET is linearizable: there is one order of all requests that each client's
 * view fits and in which every GET gives the value of the last SET. Since no value is written twice
 * this is decided without search, by the zones of Gibbons and Korach ("Testing Shared Memories",
 * 1997): from the first answer to the last request that has to do with a value, the key must have
 * held it; two such times may not overlap, nor may all that has to do with another value lie within
 * one.
 */
final class RegisterCheck {
  private final String key;
  private final Map<String, Zone> zones = new HashMap<>();
  private final List<String> violations = new ArrayList<>();

  /** All that has to do with one value; the empty value is that of a key not yet written. */
  private static final class Zone {
    final String value;
    @Nullable Operation write;
    boolean isRead;
    long firstEnd = Long.MAX_VALUE;
    long lastBegin = Long.MIN_VALUE;

    Zone(String value) {
      this.value = value;
    }

    void add(long begin, long end) {
      firstEnd = Math.min(firstEnd, end);
      lastBegin = Math.max(lastBegin, begin);
    }

    /** Whether the key held the value from {@code firstEnd} to {@code lastBegin}. */
    boolean isForward() {
      return firstEnd < lastBegin;
    }

    boolean isOfUse() {
      return isRead || write == null || write.isAcknowledged();
    }

    @Override
    public String toString() {
      return "'" + value + "' between " + firstEnd + " and " + lastBegin;
    }
  }

  RegisterCheck(String key) {
    this.key = key;
  }

  List<String> violations(List<Operation> operations) {
    zone("").add(Long.MIN_VALUE, Long.MIN_VALUE);
    for (Operation operation : operations) {
      if (operation.kind() == Operation.Kind.SET && !operation.isRefused()) {
        Zone zone = zone(operation.value());
        zone.write = operation;
        zone.add(operation.invoked(), operation.end());
      }
    }
    operations.stream()
        .filter(operation -> operation.kind() == Operation.Kind.GET && operation.isAcknowledged())
        .forEach(this::addRead);
    checkZones();
    return violations;
  }

  private Zone zone(String value) {
    return zones.computeIfAbsent(value, Zone::new);
  }

  private void addRead(Operation read) {
    Zone zone = zones.get(read.reply());
    if (zone == null) {
      violations.add(key + " gave what nobody wrote: " + read);
      return;
    }
    if (zone.write != null && read.answered() < zone.write.invoked()) {
      violations.add(key + " gave what was not yet written: " + read + ", " + zone.write);
    }
    zone.isRead = true;
    zone.add(read.invoked(), read.answered());
  }

  private void checkZones() {
    List<Zone> forward =
        zones.values().stream()
            .filter(Zone::isOfUse)
            .filter(Zone::isForward)
            .sorted(Comparator.comparingLong(zone -> zone.firstEnd))
            .toList();
    for (int i = 1; i < forward.size(); i++) {
      if (forward.get(i).firstEnd < forward.get(i - 1).lastBegin) {
        violations.add(
            key + " held two values at once: " + forward.get(i - 1) + ", " + forward.get(i));
      }
    }
    zones.values().stream()
        .filter(Zone::isOfUse)
        .filter(zone -> !zone.isForward())
        .forEach(zone -> checkBackward(zone, forward));
  }

  /** All of this value's requests began and ended while the key must have held another one. */
  private void checkBackward(Zone zone, List<Zone> forward) {
    for (Zone other : forward) {
      if (other.firstEnd < zone.lastBegin && zone.firstEnd < other.lastBegin) {
        violations.add(key + " gave " + other + " although " + zone + " was written meanwhile");
      }
    }
  }
}
