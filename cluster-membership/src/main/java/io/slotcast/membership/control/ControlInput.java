package io.slotcast.membership.control;

import io.slotcast.membership.control.ControlMessage.Founding;
import io.slotcast.membership.control.ControlMessage.Hello;
import io.slotcast.membership.control.ControlMessage.Introduction;
import io.slotcast.membership.control.ControlMessage.Register;
import io.slotcast.membership.control.ControlMessage.Soft;
import io.slotcast.membership.forming.FoundingMessage;
import io.slotcast.membership.forming.FoundingVoter;
import io.slotcast.membership.register.AcceptorState;
import io.slotcast.membership.register.Ballot;
import io.slotcast.membership.register.ClusterId;
import io.slotcast.membership.register.RegisterCodec;
import io.slotcast.membership.register.RegisterValue;
import io.slotcast.router.Node;
import io.slotcast.router.NodeId;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@link ControlOutput} writes, from bytes in memory: no length is believed beyond the
 * bytes that are there.
 */
final class ControlInput {
  private final DataInputStream in;

  ControlInput(DataInputStream in) {
    this.in = in;
  }

  int kind() throws IOException {
    return in.readUnsignedByte();
  }

  Hello hello() throws IOException {
    Node node = node();
    long incarnation = in.readLong();
    String cluster = in.readUTF();
    return new Hello(
        node,
        incarnation,
        cluster.isEmpty() ? null : new ClusterId(cluster),
        in.readLong(),
        in.readInt(),
        in.readBoolean(),
        in.readLong(),
        in.readBoolean());
  }

  Introduction introduction() throws IOException {
    return new Introduction(node(), optionalValue(), in.readBoolean());
  }

  Founding founding() throws IOException {
    return new Founding(nodeId(), foundingMessage());
  }

  private FoundingMessage foundingMessage() throws IOException {
    int step = in.readUnsignedByte();
    Ballot ballot = ballot();
    return switch (step) {
      case ControlOutput.PREPARE -> new FoundingMessage.Prepare(ballot);
      case ControlOutput.PROMISE ->
          new FoundingMessage.Promise(ballot, optionalBallot(), optionalValue());
      case ControlOutput.ACCEPT ->
          new FoundingMessage.Accept(ballot, RegisterCodec.decodeValue(block()));
      case ControlOutput.ACCEPTED -> new FoundingMessage.Accepted(ballot);
      case ControlOutput.REFUSAL -> new FoundingMessage.Refusal(ballot, ballot());
      default -> throw new IOException("an unknown step of founding: " + step);
    };
  }

  Register register() throws IOException {
    return new Register(RegisterCodec.decodeEnvelope(block()));
  }

  Soft soft() throws IOException {
    ClusterId cluster = new ClusterId(in.readUTF());
    NodeId from = nodeId();
    long incarnation = in.readLong();
    long sequence = in.readLong();
    Map<String, byte[]> entries = new HashMap<>();
    for (int left = in.readUnsignedShort(); left > 0; left--) {
      entries.put(in.readUTF(), block());
    }
    return new Soft(cluster, from, incarnation, sequence, entries);
  }

  ControlCodec.Memory memory() throws IOException {
    FoundingVoter.State founding =
        new FoundingVoter.State(optionalBallot(), optionalBallot(), optionalValue());
    AcceptorState acceptor = RegisterCodec.decodeState(block());
    List<AcceptorState> former = new ArrayList<>();
    for (int left = in.readInt(); left > 0; left--) {
      former.add(RegisterCodec.decodeState(block()));
    }
    Transit transit =
        in.readBoolean()
            ? new Transit(in.readUTF(), in.readInt(), RegisterCodec.decodeState(block()))
            : null;
    return new ControlCodec.Memory(founding, acceptor, former, transit);
  }

  private Node node() throws IOException {
    return new Node(
        nodeId(),
        in.readUTF(),
        in.readUTF(),
        in.readInt(),
        in.readInt(),
        in.readInt(),
        in.readUTF(),
        in.readLong());
  }

  private NodeId nodeId() throws IOException {
    return new NodeId(in.readUTF());
  }

  private Ballot ballot() throws IOException {
    return new Ballot(in.readLong(), nodeId());
  }

  private @Nullable Ballot optionalBallot() throws IOException {
    return in.readBoolean() ? ballot() : null;
  }

  private @Nullable RegisterValue optionalValue() throws IOException {
    byte[] bytes = block();
    return bytes.length == 0 ? null : RegisterCodec.decodeValue(bytes);
  }

  private byte[] block() throws IOException {
    int length = in.readInt();
    if (length < 0 || length > in.available()) {
      throw new IOException("a block of " + length + " bytes where " + in.available() + " are");
    }
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    return bytes;
  }
}
