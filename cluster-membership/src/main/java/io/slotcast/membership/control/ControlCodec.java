package io.slotcast.membership.control;

import io.slotcast.membership.control.ControlMessage.Founding;
import io.slotcast.membership.control.ControlMessage.Hello;
import io.slotcast.membership.control.ControlMessage.Introduction;
import io.slotcast.membership.control.ControlMessage.Register;
import io.slotcast.membership.control.ControlMessage.Soft;
import io.slotcast.membership.control.ControlMessage.SoftWanted;
import io.slotcast.membership.forming.FoundingVoter;
import io.slotcast.membership.register.AcceptorState;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of control messages and of a node's memory: a version, a kind, then the fields in the
 * order of their records, big-endian. What the register's messages and values look like is the
 * business of {@link io.slotcast.membership.register.RegisterCodec}. Reading takes any bytes.
 */
final class ControlCodec {
  private static final int VERSION = 2;
  static final int HELLO = 0;
  static final int FOUNDING = 1;
  static final int REGISTER = 2;
  static final int SOFT = 3;
  static final int SOFT_WANTED = 4;
  static final int INTRODUCTION = 5;

  private ControlCodec() {}

  /**
   * What a node keeps.
   *
   * @param founding its vote on a founding
   * @param acceptor its voter's state in its cluster
   * @param former its voter's states in clusters that it left to others, which it needs if it comes
   *     back (rule 3 of docs/adr/0001)
   * @param transit where it is on the way to; null if it is not
   */
  record Memory(
      FoundingVoter.State founding,
      AcceptorState acceptor,
      List<AcceptorState> former,
      @Nullable Transit transit) {
    Memory {
      former = List.copyOf(former);
    }
  }

  static byte[] encode(ControlMessage message) {
    return bytes(
        out -> {
          switch (message) {
            case Hello hello -> out.hello(hello);
            case Founding founding -> out.founding(founding);
            case Register register -> out.register(register);
            case Soft soft -> out.soft(soft);
            case SoftWanted ignored -> out.kind(SOFT_WANTED);
            case Introduction introduction -> out.introduction(introduction);
          }
        });
  }

  /**
   * @throws IOException if the bytes are not exactly one message
   */
  static ControlMessage decode(byte[] bytes) throws IOException {
    return read(
        bytes,
        in -> {
          int kind = in.kind();
          return switch (kind) {
            case HELLO -> in.hello();
            case FOUNDING -> in.founding();
            case REGISTER -> in.register();
            case SOFT -> in.soft();
            case SOFT_WANTED -> new SoftWanted();
            case INTRODUCTION -> in.introduction();
            default -> throw new IOException("a control message of unknown kind " + kind);
          };
        });
  }

  static byte[] encode(Memory memory) {
    return bytes(out -> out.memory(memory));
  }

  /**
   * @throws IOException if the bytes are not exactly a node's memory
   */
  static Memory decodeMemory(byte[] bytes) throws IOException {
    return read(bytes, ControlInput::memory);
  }

  private interface Part {
    void writeTo(ControlOutput out) throws IOException;
  }

  private interface Reading<T> {
    T readFrom(ControlInput in) throws IOException;
  }

  private static byte[] bytes(Part part) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);
    try (DataOutputStream data = new DataOutputStream(bytes)) {
      data.writeByte(VERSION);
      part.writeTo(new ControlOutput(data));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static <T> T read(byte[] bytes, Reading<T> reading) throws IOException {
    try (DataInputStream data = new DataInputStream(new ByteArrayInputStream(bytes))) {
      int version = data.readUnsignedByte();
      if (version != VERSION) {
        throw new IOException("written by version " + version + ", this is " + VERSION);
      }
      T read = reading.readFrom(new ControlInput(data));
      if (data.available() > 0) {
        throw new IOException(data.available() + " bytes too many");
      }
      return read;
    } catch (IllegalArgumentException e) {
      throw new IOException("malformed: " + e.getMessage(), e);
    }
  }
}
