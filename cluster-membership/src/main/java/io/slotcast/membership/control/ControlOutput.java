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
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes what {@link ControlInput} reads. */
final class ControlOutput {
  static final int PREPARE = 0;
  static final int PROMISE = 1;
  static final int ACCEPT = 2;
  static final int ACCEPTED = 3;
  static final int REFUSAL = 4;

  private final DataOutput out;

  ControlOutput(DataOutput out) {
    this.out = out;
  }

  void kind(int kind) throws IOException {
    out.writeByte(kind);
  }

  void hello(Hello hello) throws IOException {
    kind(ControlCodec.HELLO);
    node(hello.node());
    out.writeLong(hello.incarnation());
    ClusterId cluster = hello.cluster();
    out.writeUTF(cluster == null ? "" : cluster.hex());
    out.writeLong(hello.epoch());
    out.writeInt(hello.initialNodes());
    out.writeBoolean(hello.foundingBegun());
    out.writeLong(hello.softSequence());
    out.writeBoolean(hello.answerWanted());
  }

  void introduction(Introduction introduction) throws IOException {
    kind(ControlCodec.INTRODUCTION);
    node(introduction.node());
    optionalValue(introduction.known());
    out.writeBoolean(introduction.answerWanted());
  }

  void founding(Founding founding) throws IOException {
    kind(ControlCodec.FOUNDING);
    nodeId(founding.from());
    switch (founding.message()) {
      case FoundingMessage.Prepare(Ballot ballot) -> step(PREPARE, ballot);
      case FoundingMessage.Promise(Ballot ballot, Ballot acceptedAt, RegisterValue accepted) -> {
        step(PROMISE, ballot);
        optionalBallot(acceptedAt);
        optionalValue(accepted);
      }
      case FoundingMessage.Accept(Ballot ballot, RegisterValue genesis) -> {
        step(ACCEPT, ballot);
        block(RegisterCodec.encode(genesis));
      }
      case FoundingMessage.Accepted(Ballot ballot) -> step(ACCEPTED, ballot);
      case FoundingMessage.Refusal(Ballot ballot, Ballot promised) -> {
        step(REFUSAL, ballot);
        ballot(promised);
      }
    }
  }

  private void step(int step, Ballot ballot) throws IOException {
    out.writeByte(step);
    ballot(ballot);
  }

  void register(Register register) throws IOException {
    kind(ControlCodec.REGISTER);
    block(RegisterCodec.encode(register.envelope()));
  }

  void soft(Soft soft) throws IOException {
    kind(ControlCodec.SOFT);
    out.writeUTF(soft.cluster().hex());
    nodeId(soft.from());
    out.writeLong(soft.incarnation());
    out.writeLong(soft.sequence());
    out.writeShort(soft.entries().size());
    for (Map.Entry<String, byte[]> entry : soft.entries().entrySet()) {
      out.writeUTF(entry.getKey());
      block(entry.getValue());
    }
  }

  void memory(ControlCodec.Memory memory) throws IOException {
    FoundingVoter.State founding = memory.founding();
    optionalBallot(founding.promised());
    optionalBallot(founding.acceptedAt());
    optionalValue(founding.accepted());
    block(RegisterCodec.encode(memory.acceptor()));
    out.writeInt(memory.former().size());
    for (AcceptorState former : memory.former()) {
      block(RegisterCodec.encode(former));
    }
    Transit transit = memory.transit();
    out.writeBoolean(transit != null);
    if (transit != null) {
      out.writeUTF(transit.host());
      out.writeInt(transit.busPort());
      block(RegisterCodec.encode(transit.home()));
    }
  }

  private void node(Node node) throws IOException {
    nodeId(node.id());
    out.writeUTF(node.host());
    out.writeUTF(node.hostname());
    out.writeInt(node.port());
    out.writeInt(node.tlsPort());
    out.writeInt(node.busPort());
    out.writeUTF(node.zone());
    out.writeLong(node.run());
  }

  private void nodeId(NodeId id) throws IOException {
    out.writeUTF(id.hex());
  }

  private void ballot(Ballot ballot) throws IOException {
    out.writeLong(ballot.counter());
    nodeId(ballot.proposer());
  }

  private void optionalBallot(@Nullable Ballot ballot) throws IOException {
    out.writeBoolean(ballot != null);
    if (ballot != null) {
      ballot(ballot);
    }
  }

  private void optionalValue(@Nullable RegisterValue value) throws IOException {
    block(value == null ? new byte[0] : RegisterCodec.encode(value));
  }

  private void block(byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }
}
