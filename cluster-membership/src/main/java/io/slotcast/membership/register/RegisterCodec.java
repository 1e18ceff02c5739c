package io.slotcast.membership.register;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * The register's bytes, for the wire and for the state file: a version, then fields in the order of
 * their records, big-endian. Reading takes any bytes: what is not well-formed to the last byte
 * gives a {@link MalformedException}, in time and memory bounded by their number.
 */
public final class RegisterCodec {
  /** No message, value or state is longer, in bytes. */
  public static final int MAX_BYTES = 1 << 20;

  private static final int VERSION = 2;

  private RegisterCodec() {}

  /** Writes one thing. */
  private interface Part {
    void writeTo(RegisterOutput out) throws IOException;
  }

  /** Reads one thing. */
  private interface Reading<T> {
    T readFrom(RegisterInput in) throws IOException;
  }

  /**
   * @throws IllegalArgumentException if it would be longer than {@link #MAX_BYTES}
   */
  public static byte[] encode(Envelope envelope) {
    return bytes(out -> out.envelope(envelope));
  }

  /**
   * @throws IllegalArgumentException if it would be longer than {@link #MAX_BYTES}
   */
  public static byte[] encode(AcceptorState state) {
    return bytes(out -> out.state(state));
  }

  /**
   * @throws IllegalArgumentException if it would be longer than {@link #MAX_BYTES}
   */
  public static byte[] encode(RegisterValue value) {
    return bytes(out -> out.value(value));
  }

  /**
   * @throws MalformedException if the bytes are not exactly one envelope
   */
  public static Envelope decodeEnvelope(byte[] bytes) throws MalformedException {
    return read(bytes, RegisterInput::envelope);
  }

  /**
   * @throws MalformedException if the bytes are not exactly one state
   */
  public static AcceptorState decodeState(byte[] bytes) throws MalformedException {
    return read(bytes, RegisterInput::state);
  }

  /**
   * @throws MalformedException if the bytes are not exactly one value
   */
  public static RegisterValue decodeValue(byte[] bytes) throws MalformedException {
    return read(bytes, RegisterInput::value);
  }

  private static byte[] bytes(Part part) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    try (DataOutputStream data = new DataOutputStream(bytes)) {
      data.writeByte(VERSION);
      part.writeTo(new RegisterOutput(data));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (bytes.size() > MAX_BYTES) {
      throw new IllegalArgumentException(bytes.size() + " bytes are too long for the register");
    }
    return bytes.toByteArray();
  }

  private static <T> T read(byte[] bytes, Reading<T> reading) throws MalformedException {
    if (bytes.length > MAX_BYTES) {
      throw new MalformedException(bytes.length + " bytes are too many");
    }
    try (DataInputStream data = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int version = data.readUnsignedByte();
      if (version != VERSION) {
        throw new MalformedException("written by version " + version + ", this is " + VERSION);
      }
      T read = reading.readFrom(new RegisterInput(data));
      if (data.available() > 0) {
        throw new MalformedException(data.available() + " bytes too many");
      }
      return read;
    } catch (MalformedException e) {
      throw e;
    } catch (IOException | IllegalArgumentException e) {
      throw new MalformedException("malformed: " + e.getMessage(), e);
    }
  }
}
