package io.slotcast.membership.control;

import io.slotcast.router.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The newest committed topology, and who wants to be told of newer ones. Safe from any thread. */
final class Topologies {
  private static final Logger LOG = LoggerFactory.getLogger(Topologies.class);

  private final Object lock = new Object();

  /** Guarded by {@code lock}, so that each listener is told in order. */
  private final List<Consumer<Topology>> listeners = new ArrayList<>();

  /** Written under {@code lock}, read by any thread. */
  private volatile Topology current = Topology.empty();

  Topology current() {
    return current;
  }

  void listen(Consumer<Topology> listener) {
    synchronized (lock) {
      listeners.add(listener);
      if (current.epoch() > 0) {
        listener.accept(current);
      }
    }
  }

  void committed(Topology topology) {
    synchronized (lock) {
      current = topology;
      listeners.forEach(listener -> tell(listener, topology));
    }
  }

  /** One listener's mistake is not to cost the others, or the register, the news. */
  private static void tell(Consumer<Topology> listener, Topology topology) {
    try {
      listener.accept(topology);
    } catch (RuntimeException e) {
      LOG.error("A listener failed", e);
    }
  }
}
