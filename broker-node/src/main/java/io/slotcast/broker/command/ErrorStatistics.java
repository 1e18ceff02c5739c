package io.slotcast.broker.command;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/** Error replies by their code, as INFO's errorstat lines show them. Safe from any thread. */
public final class ErrorStatistics {
  /** So many different codes at most, as in Redis: scripts may make up their own. */
  private static final int MAX_CODES = 128;

  private final Map<String, LongAdder> byCode = new ConcurrentHashMap<>();
  private final LongAdder total = new LongAdder();

  void count(String error) {
    total.increment();
    int space = error.indexOf(' ');
    String code = space < 0 ? error : error.substring(0, space);
    LongAdder counter = byCode.get(code);
    if (counter == null && byCode.size() < MAX_CODES) {
      counter = byCode.computeIfAbsent(code, ignored -> new LongAdder());
    }
    if (counter != null) {
      counter.increment();
    }
  }

  public long total() {
    return total.sum();
  }

  /** Counts by code, ordered by code. */
  public Map<String, Long> byCode() {
    Map<String, Long> counts = new TreeMap<>();
    byCode.forEach((code, counter) -> counts.put(code, counter.sum()));
    return counts;
  }

  public void reset() {
    byCode.clear();
    total.reset();
  }
}
