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
import io.slotcast.broker.keyspace.KeyspaceTotals;
import io.slotcast.broker.keyspace.SlotTable;
import io.slotcast.router.NodeId;
import io.slotcast.router.Topology;

/** CLUSTER REPLICATE node-id: this node becomes a replica of a primary. */
final class Replicate implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("replicate", 3)
          .flags(ADMIN, STALE, NO_ASYNC_LOADING)
          .doc("cluster", "3.0.0", "Makes this node a replica of a primary.")
          .arguments(Argument.of("node-id", Type.STRING))
          .build();

  private final ClusterView cluster;
  private final SlotTable slots;
  private final Administration administration;

  Replicate(ClusterView cluster, SlotTable slots, Administration administration) {
    this.cluster = cluster;
    this.slots = slots;
    this.administration = administration;
  }

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    Topology topology = cluster.topologyWithSelf();
    NodeId primary = Replicas.named(topology, call.request().text(2)).id();
    if (primary.equals(cluster.self())) {
      throw new CommandException("ERR Can't replicate myself");
    }
    if (topology.shardOf(primary).filter(shard -> shard.primary().equals(primary)).isEmpty()) {
      throw new CommandException("ERR I can only replicate a master, not a replica.");
    }
    boolean ownsSlots = !topology.slotsOf(cluster.self()).isEmpty();
    if (!cluster.isReplica() && (ownsSlots || KeyspaceTotals.of(slots).keys() > 0)) {
      throw new CommandException(
          "ERR To set a master the node must be empty and without assigned slots.");
    }
    AgreedReply.ok(call, () -> administration.replicate(primary));
  }
}
