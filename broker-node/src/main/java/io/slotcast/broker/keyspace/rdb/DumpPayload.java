package io.slotcast.broker.keyspace.rdb;

import io.slotcast.broker.keyspace.Value;
import io.slotcast.broker.keyspace.list.ListValue;
import io.slotcast.broker.keyspace.stream.StreamValue;
import io.slotcast.broker.keyspace.string.StringValue;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * What DUMP gives and RESTORE takes: a value in the RDB format, the format's version in two bytes,
 * and the checksum of all that in eight, both with their lowest byte first. Source: {@code
 * createDumpPayload} in Redis' {@code cluster.c}.
 */
public final class DumpPayload {
  private static final int VERSION_BYTES = 2;
  private static final int CHECKSUM_BYTES = 8;
  private static final int FOOTER = VERSION_BYTES + CHECKSUM_BYTES;

  private final Supplier<RdbSettings> settings;

  /** See {@link #plainFrom(long)}; set by any thread. */
  private volatile long plainFrom = ListFormat.SHORTEST_PLAIN;

  /** See {@link #checksChecksum(boolean)}; set by any thread. */
  private volatile boolean checksChecksum = true;

  /**
   * @param settings as they are at the moment
   */
  public DumpPayload(Supplier<RdbSettings> settings) {
    this.settings = settings;
  }

  private ValueFormat format(RdbSettings now) {
    return new ValueFormat(now, lists(now));
  }

  private ListFormat lists(RdbSettings now) {
    return new ListFormat(now.listNodeSize(), plainFrom);
  }

  /**
   * The payload of a value, whose slot's lock is held.
   *
   * @throws RdbException if it would have more than two gigabytes
   */
  public byte[] of(Value value) {
    return payload(value, false);
  }

  /**
   * As {@link #of}, with all that only Slotcast knows of a stream, so that only Slotcast can read
   * the payload of one of which there is something to say. For other nodes of this cluster.
   */
  public byte[] whole(Value value) {
    return payload(value, true);
  }

  private byte[] payload(Value value, boolean whole) {
    RdbSettings now = settings.get();
    RdbWriter out = new RdbWriter(now.compresses());
    if (whole && value instanceof StreamValue stream) {
      StreamExtras.write(stream, out);
    }
    format(now).write(value, out);
    out.unsigned(out.version(), VERSION_BYTES);
    out.unsigned(out.checksum(), CHECKSUM_BYTES);
    return out.toArray();
  }

  /** A value of its own that holds the same and has no expiry. */
  public Value copyOf(Value value) {
    return switch (value) {
      // They know of themselves what a payload does not tell.
      case StringValue string -> string.copy();
      case StreamValue stream -> stream.copy();
      default -> {
        ValueFormat format = format(settings.get());
        RdbWriter out = new RdbWriter(false);
        format.write(value, out);
        yield format.read(out.toReader());
      }
    };
  }

  /**
   * How a list would be divided on Redis.
   *
   * @param nodeSize {@code list-max-listpack-size}
   */
  public record ListShape(long nodes, long bytes, long nodeSize) {}

  public ListShape shapeOf(ListValue list) {
    return lists(settings.get()).shapeOf(list);
  }

  // ---- For tests: DEBUG ----

  /** From which length on an element of a list is a node of its own; 0 for the default. */
  public void plainFrom(long length) {
    plainFrom = length == 0 ? ListFormat.SHORTEST_PLAIN : length;
  }

  /** Whether a payload whose checksum is wrong is not intact. */
  public void checksChecksum(boolean wanted) {
    checksChecksum = wanted;
  }

  // ---- Reading ----

  /** Whether bytes have the end of a payload that can be read: a version and their checksum. */
  public boolean isIntact(byte[] array, int offset, int length) {
    if (length < FOOTER) {
      return false;
    }
    RdbReader footer = new RdbReader(array, offset + length - FOOTER, FOOTER);
    if (footer.unsigned(VERSION_BYTES) > RdbVersion.NEWEST) {
      return false;
    }
    return !checksChecksum
        || footer.unsigned(CHECKSUM_BYTES) == Crc64.of(array, offset, length - CHECKSUM_BYTES);
  }

  /**
   * A new value from an intact payload.
   *
   * @throws RdbException if the bytes are no value
   */
  public Value read(byte[] array, int offset, int length) {
    RdbSettings now = settings.get();
    RdbReader in = new RdbReader(array, offset, length - FOOTER);
    if (length == FOOTER || (array[offset] & 0xFF) != RdbOpcode.AUX) {
      return format(now).read(in);
    }
    in.unsigned(1);
    byte[] name = in.string();
    byte[] extras = in.string();
    if (!Arrays.equals(name, StreamExtras.NAME)
        || !(format(now).read(in) instanceof StreamValue stream)) {
      throw new RdbException("no value");
    }
    StreamExtras.read(stream, extras, now.streamLimits());
    return stream;
  }
}
