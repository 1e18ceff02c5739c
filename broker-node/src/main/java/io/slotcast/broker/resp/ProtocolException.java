package io.slotcast.broker.resp;

/** Bytes that are no request. The message is Redis' text; the connection is closed after it. */
public final class ProtocolException extends Exception {
  private static final long serialVersionUID = 1L;

  ProtocolException(String message) {
    super("Protocol error: " + message, null, false, false);
  }
}
