package io.slotcast.broker.command.cluster;

import static io.slotcast.broker.command.CommandFlag.STALE;

import io.slotcast.broker.cluster.ClusterView;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.router.Node;
import io.slotcast.router.Topology;
import java.nio.charset.StandardCharsets;

/** CLUSTER NODES: a line for each node; see {@link NodeLines}. */
final class Nodes implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("nodes", 2)
          .flags(STALE)
          .tips("nondeterministic_output")
          .doc("cluster", "3.0.0", "Describes all nodes, a line each, as this node sees them.")
          .complexity("O(N) where N is the total number of Cluster nodes.")
          .build();

  private final ClusterView cluster;
  private final NodeLines lines;

  Nodes(ClusterView cluster, NodeLines lines) {
    this.cluster = cluster;
    this.lines = lines;
  }

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    boolean tls = call.client().connection().isTls();
    Topology topology = cluster.topologyWithSelf();
    StringBuilder text = new StringBuilder();
    for (Node node : topology.nodes()) {
      text.append(lines.line(topology, node, tls)).append('\n');
    }
    call.reply().verbatim("txt", text.toString().getBytes(StandardCharsets.UTF_8));
  }
}
