package io.slotcast.broker.admin;

import static io.slotcast.broker.admin.Metric.counter;
import static io.slotcast.broker.admin.Metric.gauge;

import java.util.List;

/** Connections, and what goes through them. */
final class ClientMetrics {
  private ClientMetrics() {}

  static MetricGroup group() {
    return new MetricGroup(
        "Connections",
        List.of(
            gauge(
                "slotcast_connections",
                "Client connections that are open.",
                node -> node.clients().count()),
            counter(
                "slotcast_connections_accepted_total",
                "Connections accepted on the client ports, those of other nodes and those refused"
                    + " over maxclients included.",
                node -> node.total(loop -> loop.connectionsAccepted)),
            counter(
                "slotcast_connections_rejected_total",
                "Connections refused over maxclients.",
                node -> node.clients().rejected()),
            counter(
                "slotcast_slow_consumer_disconnects_total",
                "Clients disconnected over client-output-buffer-limit.",
                node -> node.total(loop -> loop.outputLimitDisconnects)),
            counter(
                "slotcast_protocol_errors_total",
                "Clients disconnected since they sent bytes that are no request.",
                node -> node.total(loop -> loop.protocolErrors)),
            counter(
                "slotcast_received_bytes_total",
                "Bytes read from clients and other nodes, without what TLS adds.",
                node -> node.total(loop -> loop.bytesIn)),
            counter(
                "slotcast_sent_bytes_total",
                "Bytes written to clients and other nodes, without what TLS adds.",
                node -> node.total(loop -> loop.bytesOut)),
            counter(
                "slotcast_socket_writes_total",
                "Flushes of a socket's output; each carries what gathered in a turn of its loop.",
                node -> node.total(loop -> loop.socketWrites))));
  }
}
