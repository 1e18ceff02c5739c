package io.slotcast.broker.keyspace.rdb;

import io.slotcast.broker.bytes.QuotedText;
import io.slotcast.broker.keyspace.Slot;
import io.slotcast.broker.keyspace.SlotTable;
import io.slotcast.broker.keyspace.Value;
import io.slotcast.router.SlotHash;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.LongConsumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Loads RDB files, this node's and those of Redis, into the slots of a node. */
public final class RdbFileReader {
  private static final Logger log = LoggerFactory.getLogger(RdbFileReader.class);

  private static final byte[] MAGIC = "REDIS".getBytes(StandardCharsets.US_ASCII);
  private static final int VERSION_DIGITS = 4;
  private static final int FIRST_WITH_CHECKSUM = 5;

  /** Whoever follows the progress is told of it after so many keys. */
  private static final int STEP = 1024;

  private final SlotTable slots;
  private final Supplier<RdbSettings> settings;

  public RdbFileReader(SlotTable slots, Supplier<RdbSettings> settings) {
    this.slots = slots;
    this.settings = settings;
  }

  /**
   * What becomes of keys whose time is over. A journal's commands may be about them, or be the
   * reason why they live on: there they are kept, and go by themselves later.
   */
  public enum Expired {
    DROPPED,
    KEPT
  }

  /**
   * What was loaded.
   *
   * @param keys that were stored
   * @param expired keys that were dropped, since their time was over
   * @param end where in the file the RDB ends; a journal goes on there
   */
  public record Loaded(long keys, long expired, long end) {}

  /** Whether a file begins as RDB files do. */
  public static boolean isRdb(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] begin = in.readNBytes(MAGIC.length);
      return Arrays.equals(begin, MAGIC);
    }
  }

  /**
   * Loads a file.
   *
   * @param checksum whether the file's checksum is compared: {@code rdbchecksum}
   * @param progress told now and then how many bytes were read
   * @throws RdbFileException if it is not whole, or has something that is not known here
   */
  public Loaded load(
      Path file, Expired expired, boolean checksum, long nowMillis, LongConsumer progress)
      throws IOException, RdbFileException {
    try (InputStream source = Files.newInputStream(file)) {
      RdbFileInput in = new RdbFileInput(source, Files.size(file));
      try {
        return new Run(file, in, expired, nowMillis, progress).load(checksum);
      } catch (RdbException malformed) {
        throw new RdbFileException(file, in.position(), String.valueOf(malformed.getMessage()));
      } catch (UncheckedIOException e) {
        throw e.getCause();
      }
    }
  }

  /** One file while it is loaded. */
  private final class Run {
    private final Path file;
    private final RdbFileInput in;
    private final Expired whatOfExpired;
    private final long nowMillis;
    private final LongConsumer progress;
    private long database;
    private long keys;
    private long expired;
    private long functions;

    Run(Path file, RdbFileInput in, Expired whatOfExpired, long nowMillis, LongConsumer progress) {
      this.file = file;
      this.in = in;
      this.whatOfExpired = whatOfExpired;
      this.nowMillis = nowMillis;
      this.progress = progress;
    }

    Loaded load(boolean checksum) {
      int version = header();
      RecordReader records = new RecordReader(in, settings.get());
      while (take(records.next())) {
        if ((keys + expired) % STEP == 0) {
          progress.accept(in.position());
        }
      }
      if (version >= FIRST_WITH_CHECKSUM) {
        long reckoned = in.checksum();
        long written = in.unsigned(8);
        if (checksum && written != 0 && written != reckoned) {
          throw new RdbException(
              "wrong RDB checksum: %x, but %x of what is there".formatted(written, reckoned));
        }
      }
      if (functions > 0) {
        log.warn("{}: {} libraries of functions were left out", file, functions);
      }
      progress.accept(in.position());
      return new Loaded(keys, expired, in.position());
    }

    private int header() {
      byte[] magic = in.raw(MAGIC.length);
      if (!Arrays.equals(magic, MAGIC)) {
        throw new RdbException("not an RDB file");
      }
      String digits = new String(in.raw(VERSION_DIGITS), StandardCharsets.ISO_8859_1);
      int version = digits.matches("[0-9]+") ? Integer.parseInt(digits) : 0;
      if (version < 1 || version > RdbVersion.NEWEST) {
        throw new RdbException("RDB format version " + digits + " is not known");
      }
      return version;
    }

    /** Returns whether more records follow. */
    private boolean take(RdbRecord record) {
      switch (record) {
        case RdbRecord.Key key -> store(key);
        case RdbRecord.Database other -> database = other.number();
        case RdbRecord.Function _ -> functions++;
        case RdbRecord.ModuleData data ->
            log.warn("{}: what the module {} keeps was left out", file, data.module());
        case RdbRecord.Auxiliary _, RdbRecord.SizeHint _, RdbRecord.Skipped _ -> {}
        case RdbRecord.End _ -> {
          return false;
        }
      }
      return true;
    }

    private void store(RdbRecord.Key key) {
      if (database != 0) {
        throw new RdbException(
            "there are keys in database " + database + ", and a cluster has none but 0");
      }
      boolean isOver = key.expiresAtMillis() != Value.NEVER && key.expiresAtMillis() < nowMillis;
      if (isOver && whatOfExpired == Expired.DROPPED) {
        expired++;
        return;
      }
      Slot slot = slots.get(SlotHash.slotOf(key.key()));
      slot.lock();
      try {
        if (!SlotImages.store(key, slot.keys(), nowMillis)) {
          throw new RdbException("the key " + QuotedText.of(key.key()) + " is there twice");
        }
      } finally {
        slot.unlock();
      }
      keys++;
    }
  }
}
