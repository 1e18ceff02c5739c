package io.slotcast.membership.control;

import io.slotcast.router.NodeId;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The nodes thought alive, and who wants to be told of changes. Safe from any thread. */
final class LiveNodes {
  private static final Logger LOG = LoggerFactory.getLogger(LiveNodes.class);

  private final Object lock = new Object();

  /** Guarded by {@code lock}, so that each listener is told in order. */
  private final List<Consumer<Set<NodeId>>> listeners = new ArrayList<>();

  /** Written under {@code lock}, read by any thread. */
  private volatile Set<NodeId> current = Set.of();

  Set<NodeId> current() {
    return current;
  }

  void listen(Consumer<Set<NodeId>> listener) {
    synchronized (lock) {
      listeners.add(listener);
      tell(listener, current);
    }
  }

  void changed(Set<NodeId> nodes) {
    synchronized (lock) {
      current = nodes;
      listeners.forEach(listener -> tell(listener, nodes));
    }
  }

  /** One listener's mistake is not to cost the others, or the register, the news. */
  private static void tell(Consumer<Set<NodeId>> listener, Set<NodeId> nodes) {
    try {
      listener.accept(nodes);
    } catch (RuntimeException e) {
      LOG.error("A listener failed", e);
    }
  }
}
