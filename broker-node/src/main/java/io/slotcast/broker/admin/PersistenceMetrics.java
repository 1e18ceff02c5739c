package io.slotcast.broker.admin;

import static io.slotcast.broker.admin.Metric.counter;
import static io.slotcast.broker.admin.Metric.gauge;

import io.slotcast.broker.command.persistence.Persistence;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** What is kept on disk, and whether that works. */
final class PersistenceMetrics {
  private PersistenceMetrics() {}

  static MetricGroup group() {
    return new MetricGroup(
        "Snapshots and the journal",
        List.of(
            gauge(
                "slotcast_loading",
                "Whether files are loaded and clients are told to wait: 1, else 0.",
                of(state -> state.loading() == null ? 0 : 1)),
            gauge(
                "slotcast_snapshot_last_timestamp_seconds",
                "When the last snapshot was made, or else the node started.",
                of(Persistence.State::lastSaveSeconds)),
            gauge(
                "slotcast_snapshot_ok",
                "Whether the last snapshot was made: 0 if it failed, else 1.",
                of(state -> state.lastSaveOk() ? 1 : 0)),
            gauge(
                "slotcast_changes_since_snapshot",
                "Changes to keys that no snapshot has.",
                of(Persistence.State::changesSinceSave)),
            counter(
                "slotcast_snapshots_total",
                "Snapshots that were made.",
                of(Persistence.State::saves)),
            gauge(
                "slotcast_journal_ok",
                "Whether the journal can be written: 0 while writes are refused, else 1.",
                of(state -> state.lastWriteOk() ? 1 : 0)),
            gauge(
                "slotcast_journal_bytes",
                "The size of the journal's files; 0 where there is none.",
                of(state -> journal(state, Persistence.JournalState::currentSize))),
            gauge(
                "slotcast_journal_lag_bytes",
                "Effects that the journal's writer has not written yet.",
                of(state -> journal(state, Persistence.JournalState::bufferLength))),
            counter(
                "slotcast_journal_slow_syncs_total",
                "Times that it took more than a second to make the journal durable.",
                of(state -> journal(state, Persistence.JournalState::delayedFsync))),
            counter(
                "slotcast_journal_rewrites_total",
                "Times that the journal was written anew.",
                of(Persistence.State::rewrites))));
  }

  private static Metric.SingleReading of(ToDoubleFunction<Persistence.State> value) {
    return node -> value.applyAsDouble(node.persistence().state());
  }

  private static double journal(
      Persistence.State state, ToDoubleFunction<Persistence.JournalState> value) {
    Persistence.JournalState journal = state.journal();
    return journal == null ? 0 : value.applyAsDouble(journal);
  }
}
