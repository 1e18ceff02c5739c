package io.slotcast.membership.register;

import io.slotcast.router.Node;
import io.slotcast.router.NodeId;
import io.slotcast.router.Shard;
import io.slotcast.router.SlotMove;
import io.slotcast.router.SlotRange;
import io.slotcast.router.SlotSet;
import io.slotcast.router.Topology;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes what {@link RegisterInput} reads. */
final class RegisterOutput {
  private final DataOutput out;

  RegisterOutput(DataOutput out) {
    this.out = out;
  }

  void envelope(Envelope envelope) throws IOException {
    hex(envelope.cluster().hex());
    nodeId(envelope.from());
    message(envelope.message());
  }

  private void message(Message message) throws IOException {
    out.writeByte(MessageKind.of(message).code);
    switch (message) {
      case Message.Prepare(Ballot ballot) -> ballot(ballot);
      case Message.Promise promise -> {
        ballot(promise.ballot());
        accepted(promise.accepted());
        grants(promise.grants());
      }
      case Message.Accept(Ballot ballot, RegisterValue value) -> {
        ballot(ballot);
        value(value);
      }
      case Message.Accepted(Ballot ballot) -> ballot(ballot);
      case Message.Refused refused -> {
        ballot(refused.ballot());
        out.writeByte(refused.reason().code);
        ballot(refused.promised());
        out.writeLong(refused.waitNanos());
      }
      case Message.Committed(RegisterValue value) -> value(value);
      case Message.LeaseRequest request -> {
        number(request.number());
        slots(request.slots());
        out.writeLong(request.epoch());
        out.writeLong(request.lengthNanos());
      }
      case Message.LeaseGranted granted -> {
        number(granted.number());
        slots(granted.slots());
        out.writeLong(granted.blockedEpoch());
      }
      case Message.LeaseRefused(LeaseNumber number, long epoch) -> {
        number(number);
        out.writeLong(epoch);
      }
      case Message.LeaseReleased(LeaseNumber number, SlotSet slots) -> {
        number(number);
        slots(slots);
      }
    }
  }

  void state(AcceptorState state) throws IOException {
    ballot(state.promised());
    accepted(state.accepted());
    out.writeLong(state.ballotCounter());
    out.writeLong(state.incarnation());
    RegisterValue known = state.known();
    out.writeBoolean(known != null);
    if (known != null) {
      value(known);
    }
  }

  void value(RegisterValue value) throws IOException {
    ballot(value.id());
    hex(value.cluster().hex());
    List<? extends Collection<NodeId>> sets = value.voters().sets();
    out.writeByte(sets.size());
    for (Collection<NodeId> set : sets) {
      nodeIds(set);
    }
    ballot(value.votersId());
    topology(value.topology());
  }

  private void topology(Topology topology) throws IOException {
    out.writeLong(topology.epoch());
    count(topology.nodes());
    for (Node node : topology.nodes()) {
      node(node);
    }
    count(topology.shards());
    for (Shard shard : topology.shards()) {
      shard(shard);
    }
    count(topology.moves());
    for (SlotMove move : topology.moves()) {
      out.writeShort(move.slot());
      nodeId(move.source());
      nodeId(move.target());
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

  private void shard(Shard shard) throws IOException {
    hex(shard.id().hex());
    nodeId(shard.primary());
    nodeIds(shard.replicas());
    slots(shard.slots());
    out.writeLong(shard.epoch());
  }

  private void accepted(@Nullable AcceptedValue accepted) throws IOException {
    out.writeBoolean(accepted != null);
    if (accepted != null) {
      ballot(accepted.ballot());
      value(accepted.value());
    }
  }

  private void grants(List<LiveGrant> grants) throws IOException {
    count(grants);
    for (LiveGrant grant : grants) {
      nodeId(grant.holder());
      slots(grant.slots());
      out.writeLong(grant.remainingNanos());
    }
  }

  private void slots(SlotSet slots) throws IOException {
    List<SlotRange> ranges = slots.ranges();
    count(ranges);
    for (SlotRange range : ranges) {
      out.writeShort(range.first());
      out.writeShort(range.last());
    }
  }

  private void ballot(Ballot ballot) throws IOException {
    out.writeLong(ballot.counter());
    nodeId(ballot.proposer());
  }

  private void number(LeaseNumber number) throws IOException {
    out.writeLong(number.incarnation());
    out.writeLong(number.sequence());
  }

  private void nodeIds(Collection<NodeId> ids) throws IOException {
    count(ids);
    for (NodeId id : ids) {
      nodeId(id);
    }
  }

  private void nodeId(NodeId id) throws IOException {
    hex(id.hex());
  }

  private void hex(String hex) throws IOException {
    out.write(HexFormat.of().parseHex(hex));
  }

  private void count(Collection<?> things) throws IOException {
    if (things.size() > 0xFFFF) {
      throw new IllegalArgumentException("too many to write: " + things.size());
    }
    out.writeShort(things.size());
  }
}
