package io.slotcast.membership.failover;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Optional;

/** How the facts of failover travel in the soft state: a version, then their fields. */
final class FactBytes {
  private static final int VERSION = 1;

  private FactBytes() {}

  @FunctionalInterface
  interface Fields {
    void writeTo(DataOutputStream out) throws IOException;
  }

  @FunctionalInterface
  interface Reading<F> {
    F of(DataInputStream in) throws IOException;
  }

  static byte[] encoded(Fields fields) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(64);
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeByte(VERSION);
      fields.writeTo(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  /** Empty if the bytes are no such fact, or of a version that this node does not know. */
  static <F> Optional<F> decode(byte[] bytes, Reading<F> fields) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(bytes))) {
      return in.readByte() == VERSION ? Optional.of(fields.of(in)) : Optional.empty();
    } catch (IOException | IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
