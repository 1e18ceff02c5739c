package io.slotcast.broker.cli;

import io.slotcast.broker.BrokerNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the process on SIGTERM and SIGINT: its nodes leave their cluster, and the exit code is 0. A
 * leave that takes longer than {@link #PATIENCE} is cut off, with exit code 1.
 */
final class Shutdown implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Logger log = LoggerFactory.getLogger(Shutdown.class);

  /** Guarded by {@code this}. */
  private final List<BrokerNode> nodes = new ArrayList<>();

  // A JVM that a signal ends exits with 128 + the signal's number, unless a hook halts it first.
  private final Thread hook = new Thread(this::end, "shutdown");

  private Shutdown() {}

  /** From now on until {@link #close()}, signals end the process by way of this object. */
  static Shutdown onSignal() {
    var shutdown = new Shutdown();
    Runtime.getRuntime().addShutdownHook(shutdown.hook);
    return shutdown;
  }

  /** For a process that ends otherwise, with an exit code of its own. */
  @Override
  public void close() {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException ending) {
      log.debug("A signal came first", ending);
    }
  }

  synchronized void closeAtEnd(BrokerNode node) {
    nodes.add(node);
  }

  private void end() {
    Thread leaving = Thread.ofPlatform().daemon().name("leave").start(this::leave);
    boolean left = false;
    try {
      left = leaving.join(PATIENCE);
    } catch (InterruptedException e) {
      log.warn("Interrupted while leaving the cluster");
    }
    Logs.stop();
    Runtime.getRuntime().halt(left ? ExitCode.OK : ExitCode.FAILED);
  }

  private synchronized void leave() {
    log.info("Leaving the cluster");
    nodes.reversed().forEach(BrokerNode::leave);
  }
}
