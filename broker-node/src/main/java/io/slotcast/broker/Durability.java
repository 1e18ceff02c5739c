package io.slotcast.broker;

import io.slotcast.broker.command.Refusals;
import io.slotcast.broker.command.persistence.Persistence;
import io.slotcast.broker.config.ServerConfig;
import io.slotcast.broker.journal.DiskPersistence;
import io.slotcast.broker.journal.NoPersistence;
import io.slotcast.broker.journal.UnloadableException;
import io.slotcast.broker.keyspace.SlotTable;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/** What a node keeps on disk, where it has a folder for that. */
final class Durability implements AutoCloseable {
  private final Refusals refusals = new Refusals();
  private final Persistence persistence;
  private final @Nullable DiskPersistence disk;

  Durability(ServerConfig config, SlotTable slots, ValueLayout layout) {
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
  void load() throws StartupException {
    if (disk != null) {
      try {
        disk.load();
      } catch (UnloadableException e) {
        throw new StartupException(String.valueOf(e.getMessage()), e);
      }
    }
  }

  /** Keeps what is not kept yet, before the node ends. */
  void saveAtEnd() {
    if (disk != null) {
      disk.saveAtEnd();
    }
  }

  @Override
  public void close() {
    if (disk != null) {
      disk.close();
    }
  }
}
