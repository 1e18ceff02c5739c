package io.slotcast.broker.command.debug;

import io.slotcast.broker.bytes.Decimal;
import io.slotcast.broker.keyspace.Value;
import io.slotcast.broker.keyspace.ValueType;
import io.slotcast.broker.keyspace.hash.HashValue;
import io.slotcast.broker.keyspace.list.ListCursor;
import io.slotcast.broker.keyspace.list.ListValue;
import io.slotcast.broker.keyspace.set.SetValue;
import io.slotcast.broker.keyspace.sortedset.SortedSetValue;
import io.slotcast.broker.keyspace.stream.ElementSink;
import io.slotcast.broker.keyspace.stream.StreamCursor;
import io.slotcast.broker.keyspace.stream.StreamId;
import io.slotcast.broker.keyspace.stream.StreamValue;
import io.slotcast.broker.keyspace.string.StringValue;
import io.slotcast.broker.resp.DoubleText;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * A signature of a value: a sum of SHA-1 hashes where the order of elements does not count, a chain
 * of them where it does. Source: {@code computeDatasetDigest} in Redis' {@code debug.c}.
 */
final class Digest {
  private static final int BYTES = 20;
  private static final byte[] EXPIRES = ascii("!!expire!!");

  private final MessageDigest sha1 = sha1();
  private final byte[] sum = new byte[BYTES];
  private boolean isEmpty = true;

  private static MessageDigest sha1() {
    try {
      return MessageDigest.getInstance("SHA-1");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Whether nothing was added yet. */
  boolean isEmpty() {
    return isEmpty;
  }

  /** Adds something whose order does not count. */
  void add(byte[] bytes) {
    isEmpty = false;
    byte[] hash = sha1.digest(bytes);
    for (int i = 0; i < BYTES; i++) {
      sum[i] ^= hash[i];
    }
  }

  /** Adds something behind what is there. */
  void mix(byte[] bytes) {
    add(bytes);
    System.arraycopy(sha1.digest(sum), 0, sum, 0, BYTES);
  }

  /** Adds a signature whose order does not count. */
  void add(Digest other) {
    add(other.sum);
  }

  void addValue(Value value) {
    mix(new byte[] {0, 0, 0, code(value.type())});
    switch (value) {
      case StringValue string -> mix(string.bytes());
      case ListValue list -> {
        for (ListCursor at = list.cursor(ListValue.End.LEFT); at.isValid(); at.next()) {
          mix(at.copy());
        }
      }
      case SetValue set -> set.forEach(this::add);
      case SortedSetValue set ->
          set.forEach(
              set.all(),
              false,
              (array, offset, length, score) ->
                  addPair(
                      Arrays.copyOfRange(array, offset, offset + length),
                      ascii(DoubleText.of(score))));
      case HashValue hash -> hash.forEach(this::addPair);
      case StreamValue stream -> mix(stream);
      default -> throw new IllegalArgumentException("no signature of a " + value.type());
    }
    if (value.expires()) {
      add(EXPIRES);
    }
  }

  private static byte code(ValueType type) {
    return switch (type) {
      case STRING -> 0;
      case LIST -> 1;
      case SET -> 2;
      case SORTED_SET -> 3;
      case HASH -> 4;
      case STREAM -> 6;
    };
  }

  private void addPair(byte[] first, byte[] second) {
    Digest pair = new Digest();
    pair.mix(first);
    pair.mix(second);
    add(pair);
  }

  private void mix(StreamValue stream) {
    StreamCursor cursor = stream.range(StreamId.MIN, StreamId.MAX);
    while (cursor.next()) {
      mix(ascii(cursor.id().toString().replace('-', '.')));
      cursor.read(
          new ElementSink() {
            @Override
            public void string(byte[] array, int offset, int length) {
              mix(Arrays.copyOfRange(array, offset, offset + length));
            }

            @Override
            public void integer(long number) {
              mix(Decimal.bytes(number));
            }
          });
    }
  }

  String hex() {
    return HexFormat.of().formatHex(sum);
  }
}
