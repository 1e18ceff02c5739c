package io.slotcast.broker.journal;

import io.slotcast.broker.command.persistence.Persistence.Loading;
import io.slotcast.broker.config.Directives;
import io.slotcast.broker.config.PersistenceDirectives;
import io.slotcast.broker.config.ServerConfig;
import io.slotcast.broker.keyspace.KeyspaceTotals;
import io.slotcast.broker.keyspace.SlotTable;
import io.slotcast.broker.keyspace.rdb.RdbFileException;
import io.slotcast.broker.keyspace.rdb.RdbFileReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads what a data folder holds when the node starts: the journal, or the snapshot where there is
 * none. Owned by the thread that loads; how far it is may be asked by any.
 */
final class FolderLoader {
  private static final Logger log = LoggerFactory.getLogger(FolderLoader.class);

  private static final PersistenceDirectives SETTINGS = Directives.PERSISTENCE;

  private final ServerConfig config;
  private final SlotTable slots;
  private final RdbFileReader rdb;
  private final Path snapshot;
  private final JournalFolder folder;
  private final InstantSource clock;

  // Written by the thread that loads.
  private volatile @Nullable Loading progress;
  private volatile RdbFileReader.Loaded loaded = new RdbFileReader.Loaded(0, 0, 0);

  FolderLoader(
      ServerConfig config,
      SlotTable slots,
      RdbFileReader rdb,
      Path snapshot,
      JournalFolder folder,
      InstantSource clock) {
    this.config = config;
    this.slots = slots;
    this.rdb = rdb;
    this.snapshot = snapshot;
    this.folder = folder;
    this.clock = clock;
  }

  /**
   * Loads the journal's files, or the snapshot if the manifest names none.
   *
   * @throws UnloadableException if they are not what they should be
   */
  void load(Manifest manifest, DiskPersistence.Commands commands)
      throws IOException, UnloadableException {
    try {
      if (manifest.files().isEmpty()) {
        loadSnapshot();
      } else {
        loadJournal(manifest, commands);
      }
    } catch (RdbFileException e) {
      throw new UnloadableException(String.valueOf(e.getMessage()), e);
    } finally {
      progress = null;
    }
  }

  private void loadSnapshot() throws IOException, RdbFileException {
    if (!Files.exists(snapshot)) {
      return;
    }
    long begin = clock.millis();
    loaded =
        rdb.load(
            snapshot,
            RdbFileReader.Expired.DROPPED,
            config.get(SETTINGS.rdbChecksum),
            begin,
            follow(begin, Files.size(snapshot)));
    log.info(
        "{}: loaded {} keys, {} expired, in {} ms",
        snapshot,
        loaded.keys(),
        loaded.expired(),
        clock.millis() - begin);
  }

  private void loadJournal(Manifest manifest, DiskPersistence.Commands commands)
      throws IOException, UnloadableException {
    long begin = clock.millis();
    JournalLoader loader =
        new JournalLoader(folder, rdb, commands, config.get(SETTINGS.loadTruncated), clock);
    loader.load(manifest, follow(begin, loader.totalBytes(manifest)));
    log.info(
        "{}: loaded {} keys in {} ms",
        folder.manifest(),
        KeyspaceTotals.of(slots).keys(),
        clock.millis() - begin);
  }

  private LongConsumer follow(long beginMillis, long size) {
    progress = new Loading(beginMillis / 1000, size, 0);
    return bytes -> progress = new Loading(beginMillis / 1000, size, bytes);
  }

  /** How far loading is; null when it is over. */
  @Nullable Loading progress() {
    return progress;
  }

  /** Keys that the snapshot held. */
  long loadedKeys() {
    return loaded.keys();
  }

  /** Keys of the snapshot whose time was over. */
  long expiredKeys() {
    return loaded.expired();
  }
}
