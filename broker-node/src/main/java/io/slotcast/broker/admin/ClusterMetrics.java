package io.slotcast.broker.admin;

import static io.slotcast.broker.admin.Metric.counter;
import static io.slotcast.broker.admin.Metric.gauge;

import java.util.List;

/** The cluster as this node sees it, its part in the register, and its lease. */
final class ClusterMetrics {
  private ClusterMetrics() {}

  static MetricGroup group() {
    return new MetricGroup(
        "Cluster",
        List.of(
            gauge(
                "slotcast_cluster_ok",
                "Whether this node says cluster_state:ok: 1 or 0.",
                node -> node.cluster().isOk() ? 1 : 0),
            gauge(
                "slotcast_cluster_epoch",
                "The epoch of the newest topology known here; 0 before the cluster has formed.",
                node -> node.membership().epoch()),
            gauge(
                "slotcast_cluster_nodes",
                "Nodes in the topology.",
                node -> node.cluster().topology().nodes().size()),
            gauge(
                "slotcast_cluster_live_nodes",
                "Nodes thought alive, this one included.",
                node -> node.cluster().live().size()),
            gauge(
                "slotcast_slots_owned",
                "Hash slots of which this node is the primary.",
                node -> node.cluster().topology().slotsOf(node.cluster().self()).size()),
            counter(
                "slotcast_membership_views_total",
                "Membership views installed.",
                node -> node.membership().views()),
            counter(
                "slotcast_bus_sent_messages_total",
                "Control messages sent to other nodes over the bus.",
                node -> node.membership().messagesSent()),
            counter(
                "slotcast_bus_received_messages_total",
                "Control messages received from other nodes over the bus.",
                node -> node.membership().messagesReceived()),
            gauge(
                "slotcast_register_voters",
                "Nodes that vote on the topology.",
                node -> node.membership().voters()),
            gauge(
                "slotcast_register_voter",
                "Whether this node is one of the voters: 1 or 0.",
                node -> node.membership().isVoter() ? 1 : 0),
            counter(
                "slotcast_register_rounds_total",
                "Rounds of the topology register that this node began, by how they ended.",
                List.of("outcome"),
                (node, into) -> {
                  into.add(node.membership().roundsCommitted(), "committed");
                  into.add(node.membership().roundsFailed(), "failed");
                }),
            counter(
                "slotcast_register_round_seconds_total",
                "Time that this node's rounds took, all together.",
                node -> node.membership().roundNanos() / 1e9),
            gauge(
                "slotcast_lease_held",
                "Whether the lease runs on all slots that this node owns: 1 or 0; 1 with none.",
                node -> node.membership().leaseHeld() ? 1 : 0),
            counter(
                "slotcast_lease_renewals_total",
                "Lease renewals that a majority of the voters granted.",
                node -> node.membership().leaseRenewals()),
            counter(
                "slotcast_lease_lapses_total",
                "How often a lease ran out before it was renewed.",
                node -> node.membership().leaseLapses())));
  }
}
