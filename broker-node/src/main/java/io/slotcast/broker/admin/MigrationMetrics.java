package io.slotcast.broker.admin;

import static io.slotcast.broker.admin.Metric.counter;
import static io.slotcast.broker.admin.Metric.gauge;

import io.slotcast.broker.migration.MigrationJob.Direction;
import io.slotcast.broker.migration.MigrationStatistics;
import java.util.List;
import java.util.Locale;

/** Slots that move at once, from this node and to it. */
final class MigrationMetrics {
  private MigrationMetrics() {}

  static MetricGroup group() {
    return new MetricGroup(
        "Moving slots",
        List.of(
            gauge(
                "slotcast_slot_migrations",
                "Atomic migrations of slots that go on: export from this node, import to it.",
                List.of("direction"),
                (node, into) -> {
                  for (Direction direction : Direction.values()) {
                    into.add(node.migration().migrations().active(direction), name(direction));
                  }
                }),
            counter(
                "slotcast_slot_migrations_ended_total",
                "Atomic migrations of slots, by how they ended.",
                List.of("direction", "outcome"),
                (node, into) -> {
                  MigrationStatistics ended = node.migration().migrations().statistics();
                  for (Direction direction : Direction.values()) {
                    into.add(ended.done(direction), name(direction), "done");
                    into.add(ended.failed(direction), name(direction), "failed");
                    into.add(ended.cancelled(direction), name(direction), "cancelled");
                  }
                }),
            counter(
                "slotcast_slot_migration_bytes_total",
                "Bytes of images and effects of slots that ended migrations sent or took in.",
                List.of("direction"),
                (node, into) -> {
                  MigrationStatistics ended = node.migration().migrations().statistics();
                  for (Direction direction : Direction.values()) {
                    into.add(ended.bytes(direction), name(direction));
                  }
                }),
            counter(
                "slotcast_slot_migration_pause_seconds_total",
                "For how long clients of slots that left this node were held back.",
                node -> node.migration().migrations().statistics().pausedMillis() / 1e3),
            gauge(
                "slotcast_slot_migration_trim_running",
                "Whether keys of slots that were given away are being dropped: 1 or 0.",
                node -> node.migration().trims().isRunning() ? 1 : 0)));
  }

  private static String name(Direction direction) {
    return direction.name().toLowerCase(Locale.ROOT);
  }
}
