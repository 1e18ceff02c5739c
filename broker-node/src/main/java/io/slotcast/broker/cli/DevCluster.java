package io.slotcast.broker.cli;

import io.slotcast.broker.BrokerNode;
import io.slotcast.broker.StartupException;
import io.slotcast.broker.config.ServerConfig;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The nodes of a development cluster, running. */
final class DevCluster {
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final List<BrokerNode> nodes;

  private DevCluster(List<BrokerNode> nodes) {
    this.nodes = List.copyOf(nodes);
  }

  /** Starts the nodes side by side; all of them, or none. */
  static DevCluster start(List<ServerConfig> configs)
      throws StartupException, InterruptedException {
    PortCheck.check(configs);
    var starting = new ArrayList<Future<BrokerNode>>();
    ThreadFactory threads = Thread.ofPlatform().name("start-", 1).factory();
    try (ExecutorService starters = Executors.newFixedThreadPool(configs.size(), threads)) {
      configs.forEach(config -> starting.add(starters.submit(() -> BrokerNode.start(config))));
    }
    var nodes = new ArrayList<BrokerNode>();
    try {
      for (Future<BrokerNode> node : starting) {
        nodes.add(node.get());
      }
    } catch (ExecutionException e) {
      starting.stream()
          .filter(DevCluster::succeeded)
          .map(Future::resultNow)
          .forEach(BrokerNode::close);
      throw asStartupException(e);
    }
    return new DevCluster(nodes);
  }

  private static boolean succeeded(Future<?> future) {
    return future.state() == Future.State.SUCCESS;
  }

  private static StartupException asStartupException(ExecutionException e) {
    return e.getCause() instanceof StartupException known
        ? known
        : new StartupException("a node could not start: " + e.getCause(), e);
  }

  List<BrokerNode> nodes() {
    return nodes;
  }

  /** Waits until each node knows the formed cluster. */
  void awaitReady() throws StartupException, InterruptedException {
    CompletableFuture<?>[] ready =
        nodes.stream()
            .map(node -> node.ready().toCompletableFuture())
            .toArray(CompletableFuture[]::new);
    try {
      CompletableFuture.allOf(ready).get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new StartupException(
          "the cluster has not formed within " + PATIENCE.toSeconds() + " s", e);
    } catch (ExecutionException e) {
      throw asStartupException(e);
    }
  }

  /** Waits until clients have shut down each node. */
  void awaitClosed() {
    nodes.forEach(node -> node.closed().toCompletableFuture().join());
  }

  /** How long this process, its launcher included, has been running. */
  static Duration uptime() {
    Instant now = Instant.now();
    return Duration.between(ProcessHandle.current().info().startInstant().orElse(now), now);
  }
}
