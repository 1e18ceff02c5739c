package io.slotcast.broker.command.cluster;

import static io.slotcast.broker.command.CommandFlag.ADMIN;
import static io.slotcast.broker.command.CommandFlag.STALE;

import io.slotcast.broker.cluster.ClusterView;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandDoc.Type;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.router.NodeId;

/**
 * CLUSTER COUNT-FAILURE-REPORTS node-id: how many nodes think that a node is dead, as far as this
 * one knows: nodes do not report their suspicions to each other here, so it is this one or none.
 */
final class CountFailureReports implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("count-failure-reports", 3)
          .flags(ADMIN, STALE)
          .tips("nondeterministic_output")
          .doc("cluster", "3.0.0", "Counts the nodes that think a node is dead.")
          .arguments(Argument.of("node-id", Type.STRING))
          .build();

  private final ClusterView cluster;

  CountFailureReports(ClusterView cluster) {
    this.cluster = cluster;
  }

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    NodeId node = Replicas.named(cluster.topologyWithSelf(), call.request().text(2)).id();
    call.reply().integer(cluster.isLive(node) ? 0 : 1);
  }
}
