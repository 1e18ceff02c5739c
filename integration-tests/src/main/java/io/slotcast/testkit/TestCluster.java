package io.slotcast.testkit;

import io.slotcast.broker.BrokerNode;
import io.slotcast.broker.config.ServerConfig;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** A cluster in this process, which keeps nothing. */
public final class TestCluster implements Cluster {
  private final List<Integer> ports;
  private final List<BrokerNode> nodes;

  private TestCluster(List<Integer> ports, List<BrokerNode> nodes) {
    this.ports = List.copyOf(ports);
    this.nodes = List.copyOf(nodes);
  }

  /**
   * Starts the nodes and returns when the cluster serves.
   *
   * @throws IllegalStateException if it does not come up; nothing is left running then
   */
  public static TestCluster start(ClusterPlan plan) {
    List<Integer> ports = FreePorts.take(plan.nodes());
    List<InetSocketAddress> addresses =
        ports.stream()
            .map(port -> new InetSocketAddress(InetAddress.getLoopbackAddress(), port))
            .toList();
    List<Future<BrokerNode>> starting = new ArrayList<>();
    try (ExecutorService starters = Executors.newThreadPerTaskExecutor(Thread::new)) {
      for (int node = 0; node < plan.nodes(); node++) {
        List<String> arguments = plan.arguments(node, addresses, "");
        starting.add(starters.submit(() -> BrokerNode.start(ServerConfig.load(null, arguments))));
      }
    }
    List<BrokerNode> nodes = new ArrayList<>();
    try {
      for (Future<BrokerNode> node : starting) {
        nodes.add(node.get());
      }
      Readiness.await(addresses, plan.password(), () -> {});
    } catch (ExecutionException | IllegalStateException e) {
      starting.stream()
          .filter(node -> node.state() == Future.State.SUCCESS)
          .forEach(node -> node.resultNow().close());
      throw new IllegalStateException("the cluster did not start", e);
    } catch (InterruptedException e) {
      nodes.forEach(BrokerNode::close);
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while the cluster started", e);
    }
    return new TestCluster(ports, nodes);
  }

  @Override
  public List<Integer> ports() {
    return ports;
  }

  public BrokerNode node(int node) {
    return nodes.get(node);
  }

  @Override
  public void close() {
    nodes.forEach(BrokerNode::close);
  }
}
