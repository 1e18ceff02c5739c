package io.slotcast.broker.resp;

import io.slotcast.broker.bytes.Decimal;
import java.nio.charset.StandardCharsets;

/**
 * Parses requests in place: RESP arrays of bulk strings, and inline commands. It keeps how far it
 * came in an unfinished request, so that a large one which arrives in many reads is not parsed
 * again each time; its positions are relative to the request's first byte, so the caller may move
 * the unfinished bytes to another array between two calls.
 *
 * <p>Owned by the connection's event loop. Source: the Redis serialization protocol specification;
 * limits and error texts are those of Redis 7.0.
 */
public final class RequestReader {
  private static final int UNKNOWN = -1;

  private final Request request;

  /** Arguments still to come of an unfinished array; UNKNOWN before its header was read. */
  private int argumentsLeft = UNKNOWN;

  /** The length of the argument whose bytes are awaited; UNKNOWN before its header was read. */
  private int bulkLength = UNKNOWN;

  /** How many bytes of the unfinished request are parsed already. */
  private int parsed;

  /** Where the unfinished request began in the array that {@code request} points into. */
  private int base;

  /** A reader that fills {@code request}, which may be shared by readers of one thread. */
  public RequestReader() {
    this.request = new Request();
  }

  /** What the last successful {@link #read} found; its view ends with the next call. */
  public Request request() {
    return request;
  }

  /** Whether a request has begun and not ended. */
  public boolean isUnfinished() {
    return argumentsLeft != UNKNOWN;
  }

  /**
   * Reads one request that begins at {@code from}.
   *
   * @return the position behind it, with {@link #request()} filled, empty for an empty line or
   *     array; or -1 if it is not all there: then the caller calls again with the same first byte
   *     and more behind it
   * @throws ProtocolException if the bytes are no request; the reader is of no use after it
   */
  public int read(byte[] array, int from, int to, RequestLimits limits) throws ProtocolException {
    if (argumentsLeft == UNKNOWN) {
      if (from == to) {
        return -1;
      }
      request.reset(array);
      base = from;
      parsed = 0;
      if (array[from] != '*') {
        return readInline(array, from, to);
      }
      request.onTheWire();
      if (!readArrayHeader(array, from, to, limits)) {
        return -1;
      }
    } else if (request.array() != array || base != from) {
      request.rebase(array, from - base);
      base = from;
    }
    return readArguments(array, from, to, limits);
  }

  private boolean readArrayHeader(byte[] array, int from, int to, RequestLimits limits)
      throws ProtocolException {
    int end = findCr(array, from, to, "too big mbulk count string");
    if (end < 0) {
      return false;
    }
    long count = parseLength(array, from + 1, end, "invalid multibulk length");
    if (count > Integer.MAX_VALUE) {
      throw new ProtocolException("invalid multibulk length");
    }
    if (count > limits.maxArguments()) {
      throw new ProtocolException(
          limits == RequestLimits.UNAUTHENTICATED
              ? "unauthenticated multibulk length"
              : "invalid multibulk length");
    }
    argumentsLeft = (int) Math.max(count, 0);
    parsed = end + 2 - from;
    return true;
  }

  private int readArguments(byte[] array, int from, int to, RequestLimits limits)
      throws ProtocolException {
    int at = from + parsed;
    while (argumentsLeft > 0) {
      if (bulkLength == UNKNOWN) {
        int next = readBulkHeader(array, at, to, limits);
        if (next < 0) {
          return -1;
        }
        at = next;
        parsed = at - from;
      }
      if (to - at < bulkLength + 2) {
        return -1;
      }
      request.add(at, bulkLength);
      at += bulkLength + 2;
      parsed = at - from;
      bulkLength = UNKNOWN;
      argumentsLeft--;
    }
    argumentsLeft = UNKNOWN;
    return at;
  }

  /** Sets the length of the next argument; returns where its bytes begin, or -1. */
  private int readBulkHeader(byte[] array, int at, int to, RequestLimits limits)
      throws ProtocolException {
    // The usual case: two digits or fewer, all there.
    if (to - at >= 5 && array[at] == '$') {
      int high = array[at + 1] - '0';
      if (high >= 0 && high <= 9) {
        if (array[at + 2] == '\r') {
          bulkLength = high;
          return at + 4;
        }
        int low = array[at + 2] - '0';
        if (high > 0 && low >= 0 && low <= 9 && array[at + 3] == '\r') {
          bulkLength = high * 10 + low;
          return at + 5;
        }
      }
    }
    int end = findCr(array, at, to, "too big bulk count string");
    if (end < 0) {
      return -1;
    }
    if (array[at] != '$') {
      throw new ProtocolException("expected '$', got '" + (char) (array[at] & 0xFF) + "'");
    }
    long length = parseLength(array, at + 1, end, "invalid bulk length");
    if (length < 0) {
      throw new ProtocolException("invalid bulk length");
    }
    if (length > limits.maxBulkLength()) {
      throw new ProtocolException(
          limits == RequestLimits.UNAUTHENTICATED
              ? "unauthenticated bulk length"
              : "invalid bulk length");
    }
    bulkLength = (int) length;
    return end + 2;
  }

  /** Where the line that begins at {@code at} has its CR, with one more byte behind; or -1. */
  private static int findCr(byte[] array, int at, int to, String tooBig) throws ProtocolException {
    int limit = Math.min(to - 1, at + RequestLimits.MAX_LINE);
    for (int i = at; i < limit; i++) {
      if (array[i] == '\r') {
        return i;
      }
    }
    if (to - at > RequestLimits.MAX_LINE) {
      throw new ProtocolException(tooBig);
    }
    return -1;
  }

  private static long parseLength(byte[] array, int from, int to, String invalid)
      throws ProtocolException {
    if (!Decimal.isLong(array, from, to - from)) {
      throw new ProtocolException(invalid);
    }
    return Decimal.toLong(array, from, to - from);
  }

  private int readInline(byte[] array, int from, int to) throws ProtocolException {
    int newline = from;
    while (newline < to && array[newline] != '\n') {
      newline++;
    }
    if (newline == to) {
      if (to - from > RequestLimits.MAX_LINE) {
        throw new ProtocolException("too big inline request");
      }
      return -1;
    }
    int end = newline > from && array[newline - 1] == '\r' ? newline - 1 : newline;
    InlineArguments.split(
        new String(array, from, end - from, StandardCharsets.ISO_8859_1), request);
    return newline + 1;
  }
}
