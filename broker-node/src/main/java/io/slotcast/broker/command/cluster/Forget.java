package io.slotcast.broker.command.cluster;

import static io.slotcast.broker.command.CommandFlag.ADMIN;
import static io.slotcast.broker.command.CommandFlag.NO_ASYNC_LOADING;
import static io.slotcast.broker.command.CommandFlag.STALE;

import io.slotcast.broker.cluster.Administration;
import io.slotcast.broker.cluster.ClusterView;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandDoc.Type;
import io.slotcast.broker.command.CommandException;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.router.NodeId;
import io.slotcast.router.Shard;
import io.slotcast.router.Topology;

/**
 * CLUSTER FORGET node-id: a node is no longer in the cluster. Tools tell each node; all but the
 * first find that it has been done.
 */
final class Forget implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("forget", 3)
          .flags(ADMIN, STALE, NO_ASYNC_LOADING)
          .doc("cluster", "3.0.0", "Takes a node out of the cluster.")
          .arguments(Argument.of("node-id", Type.STRING))
          .build();

  private final ClusterView cluster;
  private final Administration administration;

  Forget(ClusterView cluster, Administration administration) {
    this.cluster = cluster;
    this.administration = administration;
  }

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    String id = call.request().text(2);
    if (administration.isForgotten(id)) {
      call.reply().ok();
      return;
    }
    Topology topology = cluster.topologyWithSelf();
    NodeId node = Replicas.named(topology, id).id();
    if (node.equals(cluster.self())) {
      throw new CommandException("ERR I tried hard but I can't forget myself...");
    }
    topology
        .shardOf(node)
        .filter(shard -> shard.primary().equals(node))
        .ifPresent(shard -> checkPrimary(shard, node));
    AgreedReply.ok(call, () -> administration.forget(node));
  }

  private void checkPrimary(Shard shard, NodeId node) {
    if (shard.hasMember(cluster.self())) {
      throw new CommandException("ERR Can't forget my master!");
    }
    if (!shard.slots().isEmpty() && cluster.isLive(node)) {
      throw new CommandException("ERR Node " + node + " is alive and owns slots");
    }
  }
}
