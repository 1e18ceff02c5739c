package io.slotcast.broker.client;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * One reply or push as it came, of RESP2 or RESP3. Source: the Redis serialization protocol
 * specification.
 */
public sealed interface RespValue {

  /** {@code +OK}. */
  record SimpleString(String string) implements RespValue {
    @Override
    public String toString() {
      return string;
    }
  }

  /** {@code -ERR …}, the whole line without its dash, or RESP3's bulk form of it. */
  record SimpleError(String message) implements RespValue {
    @Override
    public String toString() {
      return "(error) " + message;
    }
  }

  /** {@code :42}. */
  record Int(long value) implements RespValue {
    @Override
    public String toString() {
      return "(integer) " + value;
    }
  }

  /** {@code $3} and its bytes; RESP3's verbatim string too, with its format in front. */
  record Bulk(byte[] bytes) implements RespValue {
    @Override
    public boolean equals(Object other) {
      return other instanceof Bulk(byte[] theirs) && Arrays.equals(bytes, theirs);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
      return '"' + new String(bytes, StandardCharsets.UTF_8) + '"';
    }
  }

  /** {@code *}, and RESP3's set. */
  record Array(List<RespValue> values) implements RespValue {
    @Override
    public String toString() {
      return values.toString();
    }
  }

  /** RESP3's push. */
  record Push(List<RespValue> values) implements RespValue {
    @Override
    public String toString() {
      return "push " + values;
    }
  }

  /** RESP3's map: keys and values in turn, in the order in which they came. */
  record Pairs(List<RespValue> values) implements RespValue {
    @Override
    public String toString() {
      return "map " + values;
    }
  }

  /** RESP3's double or big number, as its text. */
  record Decimal(String digits) implements RespValue {
    @Override
    public String toString() {
      return "(number) " + digits;
    }
  }

  /** RESP3's boolean. */
  record Bool(boolean value) implements RespValue {
    @Override
    public String toString() {
      return Boolean.toString(value);
    }
  }

  /** Any of the three nulls. */
  record Nil() implements RespValue {
    @Override
    public String toString() {
      return "(nil)";
    }
  }

  /** The elements of anything that has some. */
  default List<RespValue> items() {
    return switch (this) {
      case Array(List<RespValue> values) -> values;
      case Push(List<RespValue> values) -> values;
      case Pairs(List<RespValue> values) -> values;
      case SimpleString _, SimpleError _, Int _, Bulk _, Decimal _, Bool _, Nil _ ->
          throw new IllegalStateException("not an aggregate: " + this);
    };
  }

  /** The element at a position of anything that has some. */
  default RespValue item(int i) {
    return items().get(i);
  }

  /**
   * A scalar as text; an error's message; the texts of an aggregate's elements, comma-separated.
   */
  default String text() {
    return switch (this) {
      case SimpleString(String string) -> string;
      case SimpleError(String message) -> message;
      case Int(long value) -> Long.toString(value);
      case Bulk(byte[] bytes) -> new String(bytes, StandardCharsets.UTF_8);
      case Decimal(String digits) -> digits;
      case Bool(boolean value) -> Boolean.toString(value);
      case Nil() -> "";
      case Array _, Push _, Pairs _ ->
          items().stream().map(RespValue::text).collect(Collectors.joining(","));
    };
  }

  /** The bytes of a bulk string. */
  default byte[] bytes() {
    if (this instanceof Bulk(byte[] bytes)) {
      return bytes;
    }
    throw new IllegalStateException("not a bulk string: " + this);
  }

  /** The number in an integer reply. */
  default long integer() {
    if (this instanceof Int(long value)) {
      return value;
    }
    throw new IllegalStateException("not an integer: " + this);
  }

  default boolean isError() {
    return this instanceof SimpleError;
  }

  default boolean isNil() {
    return this instanceof Nil;
  }
}
