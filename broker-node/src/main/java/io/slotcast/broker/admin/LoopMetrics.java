package io.slotcast.broker.admin;

import static io.slotcast.broker.admin.Metric.counter;
import static io.slotcast.broker.admin.Metric.gauge;

import io.slotcast.broker.net.IoLoop;
import io.slotcast.broker.net.LoopCounters;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** How busy the event loops are, and how long they keep clients waiting. */
final class LoopMetrics {
  private static final List<String> BY_LOOP = List.of("loop");

  private LoopMetrics() {}

  static MetricGroup group() {
    return new MetricGroup(
        "Event loops",
        List.of(
            counter(
                "slotcast_loop_busy_seconds_total",
                "Time in which a loop was not waiting for input.",
                BY_LOOP,
                byLoop(counters -> counters.busyNanos / 1e9)),
            counter(
                "slotcast_loop_turns_total",
                "Turns: each reads all sockets that are ready and then sends what gathered.",
                BY_LOOP,
                byLoop(counters -> counters.turns)),
            gauge(
                "slotcast_loop_longest_turn_seconds",
                "The longest turn of this minute and the one before: for so long other clients of"
                    + " the loop waited.",
                BY_LOOP,
                byLoop(counters -> counters.longestTurnNanos(System.nanoTime()) / 1e9))));
  }

  private static Metric.Reading byLoop(ToDoubleFunction<LoopCounters> value) {
    return (node, into) -> {
      for (IoLoop loop : node.loops()) {
        into.add(value.applyAsDouble(loop.counters()), Integer.toString(loop.index()));
      }
    };
  }
}
