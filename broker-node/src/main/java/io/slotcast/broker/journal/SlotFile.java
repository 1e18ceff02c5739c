package io.slotcast.broker.journal;

import io.slotcast.broker.command.ServerVersion;
import io.slotcast.broker.keyspace.KeyspaceTotals;
import io.slotcast.broker.keyspace.Slot;
import io.slotcast.broker.keyspace.SlotTable;
import io.slotcast.broker.keyspace.rdb.RdbFileWriter;
import io.slotcast.broker.keyspace.rdb.SlotImage;
import io.slotcast.broker.keyspace.rdb.SlotImages;
import io.slotcast.router.SlotHash;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.concurrent.CancellationException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * All slots in one RDB file, written one after the other: a slot's lock is held while it is
 * captured, and never while anything is written. Each slot is as it was at one moment, and slots
 * share no transaction.
 */
final class SlotFile {
  private final SlotTable slots;
  private final SlotImages images;
  private final InstantSource clock;

  SlotFile(SlotTable slots, SlotImages images, InstantSource clock) {
    this.slots = slots;
    this.images = images;
    this.clock = clock;
  }

  /** Is told when a slot is captured. */
  interface Captures {
    Captures UNNOTICED = slot -> {};

    /** The slot of that number; null if nobody has used it. */
    default @Nullable Slot look(SlotTable slots, int number) {
      return slots.find(number);
    }

    /** Called under the slot's lock: what is written to it from now on is not in the file. */
    void captured(int slot);
  }

  /**
   * How a file is written.
   *
   * @param isBase whether it is the base of a journal
   * @param checksum {@code rdbchecksum}
   * @param keyDelayMicros how long each key delays it
   * @param cancelled whether to stop
   */
  record Options(
      boolean isBase, boolean checksum, LongSupplier keyDelayMicros, BooleanSupplier cancelled) {}

  /**
   * Writes a file and makes its content durable.
   *
   * @return its size in bytes
   * @throws CancellationException if it was to stop
   */
  long write(Path file, Options options, Captures captures) throws IOException {
    KeyspaceTotals totals = KeyspaceTotals.of(slots);
    try (FileChannel channel =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE)) {
      Runtime runtime = Runtime.getRuntime();
      RdbFileWriter writer =
          new RdbFileWriter(
              channel,
              options.checksum(),
              new RdbFileWriter.About(
                  ServerVersion.REDIS,
                  clock.instant().getEpochSecond(),
                  runtime.totalMemory() - runtime.freeMemory(),
                  options.isBase(),
                  totals.keys(),
                  totals.expiring()));
      for (int number = 0; number < SlotHash.SLOTS; number++) {
        if (options.cancelled().getAsBoolean()) {
          throw new CancellationException();
        }
        Slot slot = captures.look(slots, number);
        if (slot != null) {
          SlotImage image = capture(slot, captures);
          writer.add(image);
          delay(image.keys() * options.keyDelayMicros().getAsLong());
        }
      }
      writer.end();
      channel.force(true);
      return writer.size();
    }
  }

  private SlotImage capture(Slot slot, Captures captures) {
    slot.lock();
    try {
      SlotImage image = images.of(slot, clock.millis());
      captures.captured(slot.number());
      return image;
    } finally {
      slot.unlock();
    }
  }

  private static void delay(long micros) {
    if (micros > 0) {
      LockSupport.parkNanos(micros * 1000);
    }
  }
}
