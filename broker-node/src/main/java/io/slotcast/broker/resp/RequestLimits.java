package io.slotcast.broker.resp;

/**
 * How large a request may be.
 *
 * @param maxBulkLength {@code proto-max-bulk-len}, in bytes
 * @param maxArguments the longest multibulk
 */
public record RequestLimits(long maxBulkLength, int maxArguments) {
  /** Inline commands, and the decimal lengths before arguments, must end within so many bytes. */
  static final int MAX_LINE = 64 * 1024;

  /** Before a client has authenticated, as in Redis. */
  public static final RequestLimits UNAUTHENTICATED = new RequestLimits(16_384, 10);
}
