package io.slotcast.membership.folder;

import io.slotcast.router.NodeId;
import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Where a node's name and its voter's memory live. */
public sealed interface NodeStorage extends Closeable permits NodeFolder, MemoryStorage {
  NodeId id();

  /** What was last saved, or null. */
  byte @Nullable [] load();

  /** Replaces what is kept; on return it survives a crash. */
  void save(byte[] state) throws IOException;

  /** Gives the node another name, with what is kept under it; a crash leaves the old or the new. */
  void rename(NodeId name, byte[] state) throws IOException;
}
