package io.slotcast.broker.keyspace.rdb;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Payloads made by hand, for tests. */
final class Payloads {
  private Payloads() {}

  /** A value in hexadecimal digits, with the version of Redis 7.0 and the checksum behind it. */
  static byte[] of(String hex) {
    return of(hex, 10);
  }

  static byte[] of(String hex, int version) {
    byte[] value = HexFormat.of().parseHex(hex.replace(" ", ""));
    RdbWriter out = new RdbWriter(false);
    out.raw(value, 0, value.length);
    out.unsigned(version, 2);
    return signed(out);
  }

  /** The payload with another checksum, which is right for what the bytes are now. */
  static byte[] signed(byte[] payload) {
    RdbWriter out = new RdbWriter(false);
    out.raw(payload, 0, payload.length - 8);
    return signed(out);
  }

  private static byte[] signed(RdbWriter out) {
    out.unsigned(out.checksum(), 8);
    return out.toArray();
  }

  /** As a test's connection sends it. */
  static String text(byte[] payload) {
    return new String(payload, StandardCharsets.ISO_8859_1);
  }
}
