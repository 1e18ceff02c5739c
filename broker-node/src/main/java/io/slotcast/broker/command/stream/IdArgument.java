package io.slotcast.broker.command.stream;

import io.slotcast.broker.command.CommandException;
import io.slotcast.broker.keyspace.stream.StreamId;
import io.slotcast.broker.resp.Request;
import java.nio.charset.StandardCharsets;

/**
 * Ids as arguments: {@code ms}, {@code ms-seq}, and by place {@code -}, {@code +}, {@code (id} and
 * {@code ms-*}. What counts as a number is what C's strtoull takes, as in Redis.
 */
final class IdArgument {
  private static final int LONGEST = 127;

  /** A sequence number that is not given where ranges begin. */
  static final long FIRST_SEQ = 0;

  /** A sequence number that is not given where ranges end. */
  static final long LAST_SEQ = -1;

  private IdArgument() {}

  /** An id that XADD is to give an entry; {@code ms-*} leaves the sequence number open. */
  record NewId(StreamId id, boolean isComplete) {}

  static CommandException invalid() {
    return new CommandException("ERR Invalid stream ID specified as stream command argument");
  }

  /** One id, with 0 for a sequence number that is not given. */
  static StreamId of(Request request, int i) {
    return parse(text(request, i, 0), FIRST_SEQ, true);
  }

  static NewId ofNew(Request request, int i) {
    String text = text(request, i, 0);
    if (text.endsWith("-*") && text.indexOf('-') == text.length() - 2) {
      return new NewId(parse(text.substring(0, text.length() - 2), 0, true), false);
    }
    return new NewId(parse(text, FIRST_SEQ, true), true);
  }

  /** Where a range begins. */
  static StreamId start(Request request, int i) {
    if (!isExclusive(request, i)) {
      return parse(text(request, i, 0), FIRST_SEQ, false);
    }
    StreamId id = parse(text(request, i, 1), FIRST_SEQ, true);
    if (id.equals(StreamId.MAX)) {
      throw new CommandException("ERR invalid start ID for the interval");
    }
    return id.next();
  }

  /** Where a range ends. */
  static StreamId end(Request request, int i) {
    if (!isExclusive(request, i)) {
      return parse(text(request, i, 0), LAST_SEQ, false);
    }
    StreamId id = parse(text(request, i, 1), LAST_SEQ, true);
    if (id.equals(StreamId.MIN)) {
      throw new CommandException("ERR invalid end ID for the interval");
    }
    return id.previous();
  }

  private static boolean isExclusive(Request request, int i) {
    return request.length(i) > 1 && request.array()[request.offset(i)] == '(';
  }

  /** The argument from there on, up to a zero byte as C's strings end. */
  private static String text(Request request, int i, int from) {
    int length = request.length(i) - from;
    if (length > LONGEST) {
      throw invalid();
    }
    String text =
        new String(request.array(), request.offset(i) + from, length, StandardCharsets.ISO_8859_1);
    int zero = text.indexOf('\0');
    return zero < 0 ? text : text.substring(0, zero);
  }

  private static StreamId parse(String text, long missingSeq, boolean strict) {
    if (!strict && text.equals("-")) {
      return StreamId.MIN;
    } else if (!strict && text.equals("+")) {
      return StreamId.MAX;
    }
    int dash = text.indexOf('-');
    if (dash < 0) {
      return new StreamId(number(text), missingSeq);
    }
    return new StreamId(number(text.substring(0, dash)), number(text.substring(dash + 1)));
  }

  /** As Redis' string2ull: a canonical negative number is none, but one with a zero wraps round. */
  private static long number(String text) {
    int at = 0;
    while (at < text.length() && isSpace(text.charAt(at))) {
      at++;
    }
    boolean negative = at < text.length() && text.charAt(at) == '-';
    if (negative || (at < text.length() && text.charAt(at) == '+')) {
      at++;
    }
    String digits = text.substring(at);
    boolean canonicalNegative = text.startsWith("-") && !digits.startsWith("0");
    if (digits.isEmpty() || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw invalid();
    }
    try {
      long value = Long.parseUnsignedLong(digits);
      boolean fitsLong = value >= 0 || value == Long.MIN_VALUE;
      if (canonicalNegative && fitsLong) {
        throw invalid();
      }
      return negative ? -value : value;
    } catch (NumberFormatException tooLarge) {
      throw invalid();
    }
  }

  private static boolean isSpace(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
  }
}
