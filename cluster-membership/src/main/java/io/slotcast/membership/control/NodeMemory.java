package io.slotcast.membership.control;

import io.slotcast.membership.control.ControlCodec.Memory;
import io.slotcast.membership.folder.NodeStorage;
import io.slotcast.membership.forming.FoundingVoter;
import io.slotcast.membership.register.AcceptorState;
import io.slotcast.membership.register.AcceptorStore;
import java.io.IOException;
import java.io.UncheckedIOException;

/**
 * All that a node must not forget, kept as one: its vote on which cluster is founded, its voter's
 * state and the newest committed value that it knows. Owned by the control-plane thread once it
 * runs.
 */
final class NodeMemory implements AcceptorStore {
  private final NodeStorage storage;
  private Memory memory;

  private NodeMemory(NodeStorage storage, Memory memory) {
    this.storage = storage;
    this.memory = memory;
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
      memory = new Memory(FoundingVoter.State.NONE, AcceptorState.fresh());
    } else {
      Memory last = ControlCodec.decodeMemory(kept);
      memory = new Memory(last.founding(), last.acceptor().restarted());
    }
    storage.save(ControlCodec.encode(memory));
    return new NodeMemory(storage, memory);
  }

  AcceptorState acceptor() {
    return memory.acceptor();
  }

  FoundingVoter.State founding() {
    return memory.founding();
  }

  @Override
  public void save(AcceptorState acceptor) {
    save(new Memory(memory.founding(), acceptor));
  }

  void save(FoundingVoter.State founding) {
    save(new Memory(founding, memory.acceptor()));
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
