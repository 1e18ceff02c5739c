package io.slotcast.broker.net.tls;

/** Certificates and keys that TLS cannot be had with; the message is one line that says why. */
public final class TlsException extends Exception {
  private static final long serialVersionUID = 1L;

  TlsException(String message) {
    super(message);
  }

  TlsException(String message, Throwable cause) {
    super(message, cause);
  }
}
