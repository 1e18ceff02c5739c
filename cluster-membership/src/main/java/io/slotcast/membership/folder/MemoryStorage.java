package io.slotcast.membership.folder;

import io.slotcast.router.NodeId;
import org.jspecify.annotations.Nullable;

/** For a node without a data folder: it is a new node at its next start. */
public final class MemoryStorage implements NodeStorage {
  private volatile NodeId id;
  private byte @Nullable [] state;

  public MemoryStorage(NodeId id) {
    this.id = id;
  }

  @Override
  public NodeId id() {
    return id;
  }

  @Override
  public byte @Nullable [] load() {
    return state;
  }

  @Override
  public void save(byte[] saved) {
    state = saved;
  }

  @Override
  public void rename(NodeId name, byte[] saved) {
    id = name;
    state = saved;
  }

  @Override
  public void close() {}
}
