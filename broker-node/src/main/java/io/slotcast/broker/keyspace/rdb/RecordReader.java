package io.slotcast.broker.keyspace.rdb;

import io.slotcast.broker.bytes.QuotedText;
import io.slotcast.broker.keyspace.Value;
import io.slotcast.broker.keyspace.stream.StreamValue;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Reads the records of an image or a file, one by one. */
final class RecordReader {
  private final RdbReader in;
  private final RdbSettings settings;
  private final ValueFormat format;

  RecordReader(RdbReader in, RdbSettings settings) {
    this.in = in;
    this.settings = settings;
    this.format = settings.format();
  }

  /**
   * The next record.
   *
   * @throws RdbException if the bytes are none; it names the key, once that is known
   */
  RdbRecord next() {
    long expiresAt = Value.NEVER;
    long idleSeconds = RdbRecord.UNKNOWN;
    int frequency = RdbRecord.UNKNOWN;
    byte @Nullable [] extras = null;
    while (true) {
      int code = (int) in.unsigned(1);
      switch (code) {
        case RdbOpcode.EXPIRES_MILLIS -> expiresAt = in.unsigned(8);
        case RdbOpcode.EXPIRES_SECONDS -> expiresAt = in.unsigned(4) * 1000;
        case RdbOpcode.IDLE -> idleSeconds = in.length();
        case RdbOpcode.FREQUENCY -> frequency = (int) in.unsigned(1);
        case RdbOpcode.AUX -> {
          byte[] name = in.string();
          byte[] content = in.string();
          if (!Arrays.equals(name, StreamExtras.NAME)) {
            return new RdbRecord.Auxiliary(name, content);
          }
          extras = content;
        }
        default -> {
          if (code >= RdbOpcode.SLOT_INFO) {
            return notOfAKey(code);
          }
          byte[] key = in.string();
          Value value = value(key, code, extras);
          return new RdbRecord.Key(key, value, expiresAt, idleSeconds, frequency);
        }
      }
    }
  }

  private RdbRecord notOfAKey(int code) {
    return switch (code) {
      case RdbOpcode.SELECT_DB -> new RdbRecord.Database(in.length());
      case RdbOpcode.RESIZE_DB -> {
        long keys = in.length();
        in.length();
        yield new RdbRecord.SizeHint(keys);
      }
      case RdbOpcode.SLOT_INFO -> {
        in.length();
        in.length();
        in.length();
        yield new RdbRecord.Skipped();
      }
      case RdbOpcode.FUNCTION -> {
        in.string();
        yield new RdbRecord.Function();
      }
      case RdbOpcode.MODULE_AUX -> new RdbRecord.ModuleData(ModuleData.skip(in));
      case RdbOpcode.END -> new RdbRecord.End();
      default -> throw new RdbException("an unknown record, " + code);
    };
  }

  private Value value(byte[] key, int code, byte @Nullable [] extras) {
    RdbType type = RdbType.of(code);
    if (type == null) {
      String what =
          code == ModuleData.VALUE ? "the module " + ModuleData.name(in.length()) : "type " + code;
      throw new RdbException(
          "the key " + QuotedText.of(key) + " holds a value of " + what + ", unknown here");
    }
    try {
      Value value = format.read(type, in);
      if (extras != null && value instanceof StreamValue stream) {
        StreamExtras.read(stream, extras, settings.streamLimits());
      }
      return value;
    } catch (RdbException malformed) {
      throw malformed.at("the key " + QuotedText.of(key) + " of type " + type);
    }
  }
}
