package io.slotcast.broker.admin;

import static io.slotcast.broker.admin.Metric.gauge;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufAllocatorMetricProvider;
import io.slotcast.broker.command.ServerVersion;
import java.util.List;

/** Which node this is. */
final class NodeInfoMetrics {
  private NodeInfoMetrics() {}

  static MetricGroup group() {
    return new MetricGroup(
        "The node",
        List.of(
            gauge(
                "slotcast_node_info",
                "Always 1; its labels say which node this is and which version it runs.",
                List.of("node", "version"),
                (node, into) -> into.add(1, node.cluster().self().hex(), ServerVersion.SLOTCAST)),
            gauge(
                "slotcast_network_buffers_bytes",
                "Direct memory that the process's network buffers take, pooled and in use.",
                node -> networkBuffers())));
  }

  private static long networkBuffers() {
    return ((ByteBufAllocatorMetricProvider) ByteBufAllocator.DEFAULT).metric().usedDirectMemory();
  }
}
