package io.slotcast.membership.control;

import io.slotcast.membership.control.ControlCodec.Memory;
import io.slotcast.membership.folder.NodeStorage;
import io.slotcast.membership.forming.FoundingVoter;
import io.slotcast.membership.register.AcceptorState;
import io.slotcast.membership.register.AcceptorStore;
import io.slotcast.membership.register.ClusterId;
import io.slotcast.membership.register.RegisterValue;
import io.slotcast.router.NodeId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * All that a node must not forget, kept as one: its vote on which cluster is founded, its voter's
 * state, the newest committed value that it knows, what it was in clusters that it left, and where
 * it is on the way to. Owned by the control-plane thread once it runs; when a node leaves a cluster
 * the thread of its next stay takes over.
 */
final class NodeMemory implements AcceptorStore {
  private final NodeStorage storage;
  private Memory memory;

  /** Whether an earlier run, or an earlier stay in the same cluster, may have granted leases. */
  private boolean returned;

  private NodeMemory(NodeStorage storage, Memory memory, boolean returned) {
    this.storage = storage;
    this.memory = memory;
    this.returned = returned;
  }

  /**
   * What the last run left, made durable as the beginning of another run.
   *
   * @throws IOException if it cannot be read or written
   */
  static NodeMemory begin(NodeStorage storage) throws IOException {
    byte[] kept = storage.load();
    Memory memory;
    if (kept == null) {
      memory = new Memory(FoundingVoter.State.NONE, AcceptorState.fresh(), List.of(), null);
    } else {
      Memory last = ControlCodec.decodeMemory(kept);
      memory =
          new Memory(last.founding(), last.acceptor().restarted(), last.former(), last.transit());
    }
    storage.save(ControlCodec.encode(memory));
    return new NodeMemory(storage, memory, memory.acceptor().known() != null);
  }

  NodeId id() {
    return storage.id();
  }

  AcceptorState acceptor() {
    return memory.acceptor();
  }

  FoundingVoter.State founding() {
    return memory.founding();
  }

  /** Where the node is on the way to; null if it has its place. */
  @Nullable Transit transit() {
    return memory.transit();
  }

  /**
   * Whether this node was in its cluster before: in an earlier run, or in this one before it left
   * and came back. It may have granted leases then that still run.
   */
  boolean returned() {
    return returned;
  }

  @Override
  public void save(AcceptorState acceptor) {
    save(new Memory(memory.founding(), acceptor, memory.former(), memory.transit()));
  }

  void save(FoundingVoter.State founding) {
    save(new Memory(founding, memory.acceptor(), memory.former(), memory.transit()));
  }

  /** What this node is to be as a voter of {@code cluster}, which it knows nothing newer of. */
  AcceptorState comingTo(ClusterId cluster) {
    for (AcceptorState former : memory.former()) {
      RegisterValue known = former.known();
      if (known != null && known.cluster().equals(cluster)) {
        returned = true;
        return former.resumedAfter(memory.acceptor());
      }
    }
    return memory.acceptor();
  }

  /**
   * The node leaves its cluster for that of the node at a bus address. Its voter answers nobody
   * from now on.
   */
  void depart(String host, int busPort) {
    AcceptorState home = memory.acceptor();
    Transit transit = new Transit(host, busPort, home);
    save(new Memory(FoundingVoter.State.NONE, home.left().restarted(), remembered(home), transit));
    returned = false;
  }

  /** Nobody took the node in: it is again what it was. */
  void turnBack() {
    AcceptorState home = Objects.requireNonNull(memory.transit()).home();
    AcceptorState again = home.resumedAfter(memory.acceptor()).restarted();
    save(new Memory(memory.founding(), again, memory.former(), null));
    returned = again.known() != null;
  }

  /** The node has its place in the cluster that it went to. */
  void arrived() {
    save(new Memory(memory.founding(), memory.acceptor(), memory.former(), null));
  }

  /**
   * The node leaves its cluster and is one of its own, of which {@code genesis} is the first value.
   *
   * @param name its name from now on; another one than before is unknown to every cluster, so
   *     nothing is to be remembered under it
   */
  void reset(NodeId name, RegisterValue genesis) {
    returned = false;
    if (name.equals(id())) {
      save(aloneIn(genesis, remembered(memory.acceptor())));
      return;
    }
    memory = aloneIn(genesis, List.of());
    try {
      storage.rename(name, ControlCodec.encode(memory));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Memory aloneIn(RegisterValue genesis, List<AcceptorState> former) {
    AcceptorState alone = memory.acceptor().left().restarted().founding(genesis);
    return new Memory(FoundingVoter.State.NONE, alone, former, null);
  }

  /**
   * A cluster that nobody else voted in ends with this node's leaving, so nothing is to be kept.
   */
  private List<AcceptorState> remembered(AcceptorState left) {
    RegisterValue known = left.known();
    if (known == null || ClusterMember.isAlone(known, id())) {
      return memory.former();
    }
    List<AcceptorState> former = new ArrayList<>(memory.former());
    former.removeIf(each -> known.cluster().equals(Objects.requireNonNull(each.known()).cluster()));
    former.add(left);
    return former;
  }

  private void save(Memory changed) {
    if (changed.equals(memory)) {
      return;
    }
    try {
      storage.save(ControlCodec.encode(changed));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    memory = changed;
  }
}
