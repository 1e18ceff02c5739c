package io.slotcast.broker.config;

/** Whether a TLS client must show a certificate; with OPTIONAL one that is shown is checked. */
public enum TlsClientAuth {
  NO,
  YES,
  OPTIONAL
}
