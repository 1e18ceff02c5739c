package io.slotcast.membership.register;

import io.slotcast.router.Node;
import io.slotcast.router.NodeId;
import io.slotcast.router.Shard;
import io.slotcast.router.ShardId;
import io.slotcast.router.SlotHash;
import io.slotcast.router.SlotMove;
import io.slotcast.router.SlotRange;
import io.slotcast.router.SlotSet;
import io.slotcast.router.Topology;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Reads what {@link RegisterOutput} writes. Every count is checked against the bytes that are left
 * before anything of that size is made, and slot sets against what they may hold.
 */
final class RegisterInput {
  private static final int NODE_ID_BYTES = 20;
  private static final int RANGE_BYTES = 4;

  /** A slot has a live grant for an owner or two, as a rule. */
  private static final int MAX_GRANTED = 8 * SlotHash.SLOTS;

  private final DataInputStream in;

  /**
   * @param in over bytes in memory, so that it knows how many are left
   */
  RegisterInput(DataInputStream in) {
    this.in = in;
  }

  Envelope envelope() throws IOException {
    ClusterId cluster = clusterId();
    return new Envelope(cluster, nodeId(), message());
  }

  private Message message() throws IOException {
    return switch (kind()) {
      case PREPARE -> new Message.Prepare(ballot());
      case PROMISE -> new Message.Promise(ballot(), accepted(), grants());
      case ACCEPT -> new Message.Accept(ballot(), value());
      case ACCEPTED -> new Message.Accepted(ballot());
      case REFUSED -> new Message.Refused(ballot(), reason(), ballot(), in.readLong());
      case COMMITTED -> new Message.Committed(value());
      case LEASE_REQUEST ->
          new Message.LeaseRequest(number(), slots(), in.readLong(), in.readLong());
      case LEASE_GRANTED -> new Message.LeaseGranted(number(), slots(), in.readLong());
      case LEASE_REFUSED -> new Message.LeaseRefused(number(), in.readLong());
      case LEASE_RELEASED -> new Message.LeaseReleased(number(), slots());
    };
  }

  AcceptorState state() throws IOException {
    return new AcceptorState(
        ballot(), accepted(), in.readLong(), in.readLong(), bool() ? value() : null);
  }

  RegisterValue value() throws IOException {
    Ballot id = ballot();
    ClusterId cluster = clusterId();
    Voters voters = voters();
    Ballot votersId = ballot();
    Topology topology = topology();
    return new RegisterValue(id, cluster, topology.epoch(), voters, votersId, topology);
  }

  private Voters voters() throws IOException {
    int sets = in.readUnsignedByte();
    return switch (sets) {
      case 1 -> new Voters.Settled(voterSet());
      case 2 -> new Voters.Joint(voterSet(), voterSet());
      default -> throw new MalformedException(sets + " voter sets");
    };
  }

  private SortedSet<NodeId> voterSet() throws IOException {
    return new TreeSet<>(nodeIds());
  }

  private Topology topology() throws IOException {
    long epoch = in.readLong();
    List<Node> nodes = new ArrayList<>();
    for (int left = count(NODE_ID_BYTES); left > 0; left--) {
      nodes.add(node());
    }
    List<Shard> shards = new ArrayList<>();
    int shardCount = count(NODE_ID_BYTES);
    if (shardCount > nodes.size()) {
      throw new MalformedException("more shards than nodes");
    }
    for (int left = shardCount; left > 0; left--) {
      shards.add(shard());
    }
    List<SlotMove> moves = new ArrayList<>();
    for (int left = count(2 * NODE_ID_BYTES); left > 0; left--) {
      moves.add(new SlotMove(slot(), nodeId(), nodeId()));
    }
    return new Topology(epoch, nodes, shards, moves);
  }

  private Node node() throws IOException {
    return new Node(
        nodeId(), text(), text(), in.readInt(), in.readInt(), in.readInt(), text(), in.readLong());
  }

  private Shard shard() throws IOException {
    ShardId id = new ShardId(hex(NODE_ID_BYTES));
    return new Shard(id, nodeId(), nodeIds(), slots(), in.readLong());
  }

  private @Nullable AcceptedValue accepted() throws IOException {
    return bool() ? new AcceptedValue(ballot(), value()) : null;
  }

  private List<LiveGrant> grants() throws IOException {
    List<LiveGrant> grants = new ArrayList<>();
    int slots = 0;
    for (int left = count(NODE_ID_BYTES); left > 0; left--) {
      LiveGrant grant = new LiveGrant(nodeId(), slots(), in.readLong());
      slots += grant.slots().size();
      if (grant.slots().isEmpty() || slots > MAX_GRANTED) {
        throw new MalformedException("grants of no slot, or of too many");
      }
      grants.add(grant);
    }
    return grants;
  }

  /** Ranges must ascend, so that no bytes ask for more work than there are slots. */
  private SlotSet slots() throws IOException {
    int count = count(RANGE_BYTES);
    if (count == 0) {
      return SlotSet.empty();
    }
    List<SlotRange> ranges = new ArrayList<>(count);
    int end = -1;
    for (int left = count; left > 0; left--) {
      SlotRange range = new SlotRange(slot(), slot());
      if (range.first() <= end) {
        throw new MalformedException("slot ranges out of order");
      }
      end = range.last();
      ranges.add(range);
    }
    return SlotSet.of(ranges);
  }

  private int slot() throws IOException {
    int slot = in.readUnsignedShort();
    if (slot >= SlotHash.SLOTS) {
      throw new MalformedException("no such slot: " + slot);
    }
    return slot;
  }

  private Ballot ballot() throws IOException {
    return new Ballot(in.readLong(), nodeId());
  }

  private LeaseNumber number() throws IOException {
    return new LeaseNumber(in.readLong(), in.readLong());
  }

  private List<NodeId> nodeIds() throws IOException {
    int count = count(NODE_ID_BYTES);
    List<NodeId> ids = new ArrayList<>(count);
    for (int left = count; left > 0; left--) {
      ids.add(nodeId());
    }
    return ids;
  }

  private NodeId nodeId() throws IOException {
    return new NodeId(hex(NODE_ID_BYTES));
  }

  private ClusterId clusterId() throws IOException {
    return new ClusterId(hex(ClusterId.LENGTH / 2));
  }

  private String hex(int bytes) throws IOException {
    byte[] raw = new byte[bytes];
    in.readFully(raw);
    return HexFormat.of().formatHex(raw);
  }

  private String text() throws IOException {
    return in.readUTF();
  }

  private boolean bool() throws IOException {
    int value = in.readUnsignedByte();
    if (value > 1) {
      throw new MalformedException("not a boolean: " + value);
    }
    return value == 1;
  }

  private MessageKind kind() throws IOException {
    int code = in.readUnsignedByte();
    for (MessageKind kind : MessageKind.values()) {
      if (kind.code == code) {
        return kind;
      }
    }
    throw new MalformedException("unknown message " + code);
  }

  private Message.Refused.Reason reason() throws IOException {
    int code = in.readUnsignedByte();
    for (Message.Refused.Reason reason : Message.Refused.Reason.values()) {
      if (reason.code == code) {
        return reason;
      }
    }
    throw new MalformedException("unknown reason " + code);
  }

  /** A count of things that take at least {@code bytesEach}. */
  private int count(int bytesEach) throws IOException {
    int count = in.readUnsignedShort();
    if ((long) count * bytesEach > in.available()) {
      throw new MalformedException(count + " things in " + in.available() + " bytes");
    }
    return count;
  }
}
