package io.slotcast.broker.command.cluster;

import static io.slotcast.broker.command.CommandFlag.ADMIN;
import static io.slotcast.broker.command.CommandFlag.STALE;

import io.slotcast.broker.cluster.ClusterView;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandDoc.Type;
import io.slotcast.broker.command.CommandException;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.router.Node;
import io.slotcast.router.NodeId;
import io.slotcast.router.Shard;
import io.slotcast.router.Topology;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** CLUSTER REPLICAS node-id, and SLAVES, its older name: a line for each replica of a primary. */
final class Replicas implements Command {
  private final CommandSpec spec;
  private final ClusterView cluster;
  private final NodeLines lines;

  private Replicas(String name, String since, ClusterView cluster, NodeLines lines) {
    this.cluster = cluster;
    this.lines = lines;
    this.spec =
        CommandSpec.command(name, 3)
            .flags(ADMIN, STALE)
            .tips("nondeterministic_output")
            .doc("cluster", since, "Describes the replicas of a primary, a line each.")
            .arguments(Argument.of("node-id", Type.STRING))
            .build();
  }

  static Replicas replicas(ClusterView cluster, NodeLines lines) {
    return new Replicas("replicas", "5.0.0", cluster, lines);
  }

  static Replicas slaves(ClusterView cluster, NodeLines lines) {
    return new Replicas("slaves", "3.0.0", cluster, lines);
  }

  @Override
  public CommandSpec spec() {
    return spec;
  }

  @Override
  public void run(Call call) {
    boolean tls = call.client().connection().isTls();
    Topology topology = cluster.topologyWithSelf();
    NodeId primary = named(topology, call.request().text(2)).id();
    Optional<Shard> shard = topology.shardOf(primary);
    if (shard.isPresent() && !shard.get().primary().equals(primary)) {
      throw new CommandException("ERR The specified node is not a master");
    }
    List<Node> replicas =
        shard.map(Shard::replicas).orElse(List.of()).stream()
            .map(topology::node)
            .filter(Objects::nonNull)
            .toList();
    call.reply().array(replicas.size());
    for (Node replica : replicas) {
      call.reply().bulk(lines.line(topology, replica, tls));
    }
  }

  static Node named(Topology topology, String id) {
    return topology.nodes().stream()
        .filter(node -> node.id().hex().equals(id))
        .findFirst()
        .orElseThrow(() -> new CommandException("ERR Unknown node " + id));
  }
}
