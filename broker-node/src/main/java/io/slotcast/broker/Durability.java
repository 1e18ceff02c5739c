package io.slotcast.broker;

import io.slotcast.broker.cluster.ClusterView;
import io.slotcast.broker.command.Refusals;
import io.slotcast.broker.command.persistence.Persistence;
import io.slotcast.broker.command.server.SavingAtEnd;
import io.slotcast.broker.config.ServerConfig;
import io.slotcast.broker.journal.DiskPersistence;
import io.slotcast.broker.journal.NoPersistence;
import io.slotcast.broker.journal.UnloadableException;
import io.slotcast.broker.keyspace.SlotTable;
import io.slotcast.broker.migration.ForeignKeys;
import io.slotcast.broker.net.ReplyGate;
import java.time.InstantSource;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** What a node keeps on disk, where it has a folder for that. */
final class Durability implements AutoCloseable {
  private final Refusals refusals = new Refusals();
  private final Persistence persistence;
  private final @Nullable DiskPersistence disk;

  /**
   * @param gate where replies wait for the journal
   * @param cannotGoOn ends the node
   * @param wakeUps runs an action at the end of the event loop's turn that it is given in
   */
  Durability(
      ServerConfig config,
      SlotTable slots,
      ValueLayout layout,
      ReplyGate gate,
      Runnable cannotGoOn,
      Executor wakeUps) {
    InstantSource clock = InstantSource.system();
    disk =
        config
            .dataFolder()
            .map(
                folder ->
                    new DiskPersistence(
                        config,
                        folder,
                        slots,
                        layout::settings,
                        refusals,
                        gate.newCondition(),
                        cannotGoOn,
                        wakeUps,
                        clock,
                        "persistence-" + config.busPort()))
            .orElse(null);
    persistence = disk == null ? new NoPersistence(slots, clock.instant().getEpochSecond()) : disk;
    refusals.loading(disk != null);
  }

  Refusals refusals() {
    return refusals;
  }

  Persistence persistence() {
    return persistence;
  }

  /** Loads what is on disk; until then clients are told to wait. */
  void load(DiskPersistence.Commands commands) throws StartupException {
    if (disk != null) {
      try {
        disk.load(commands);
      } catch (UnloadableException e) {
        throw new StartupException(String.valueOf(e.getMessage()), e);
      }
    }
  }

  /** The offset before which the stream of effects is on this node's disk; 0 without a journal. */
  long durableOffset() {
    return disk == null ? 0 : disk.durableOffset();
  }

  /** Has {@code action} run whenever {@link #durableOffset} has moved, on the journal's thread. */
  void onDurable(Runnable action) {
    if (disk != null) {
      disk.onDurable(action);
    }
  }

  /** Keys came another way than by effects. */
  void keysReplaced() {
    if (disk != null) {
      disk.keysReplaced();
    }
  }

  /** Once the cluster is known, keys that were loaded and are another shard's by now go. */
  void dropForeignKeys(ClusterView cluster, SlotTable slots) {
    if (disk != null) {
      ForeignKeys.dropOnce(cluster, slots);
    }
  }

  /** Keeps what is not kept yet, before the node ends. */
  void saveAtEnd(SavingAtEnd saving) {
    if (disk != null) {
      disk.saveAtEnd(saving);
    }
  }

  @Override
  public void close() {
    if (disk != null) {
      disk.close();
    }
  }
}
