package io.slotcast.broker.command.cluster;

import io.slotcast.broker.cluster.Administration;
import io.slotcast.broker.cluster.ClusterView;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.command.ContainerCommand;
import io.slotcast.broker.keyspace.SlotTable;
import io.slotcast.broker.migration.SlotMigration;
import io.slotcast.broker.peer.PeerLinks;
import io.slotcast.broker.replication.Replication;
import java.util.ArrayList;
import java.util.List;

/** The cluster family: CLUSTER with its subcommands. */
public final class ClusterCommands {
  private ClusterCommands() {}

  public static List<Command> all(
      ClusterView cluster,
      SlotTable slots,
      PeerLinks peers,
      Replication replication,
      SlotMigration migration) {
    CommandSpec container =
        CommandSpec.command("cluster", -2)
            .doc("cluster", "3.0.0", "A container for commands about the cluster.")
            .complexity("Depends on subcommand.")
            .build();
    NodeLines lines = new NodeLines(cluster, peers);
    Administration administration = Administration.of(cluster, System::nanoTime);
    List<Command> subcommands = new ArrayList<>(SlotAssignment.all(cluster, slots, administration));
    subcommands.addAll(
        List.of(
            new BumpEpoch(cluster, administration),
            new CountFailureReports(cluster),
            new FlushSlots(cluster, slots, administration),
            new ClusterFailover(cluster, replication::followsPrimary),
            new Forget(cluster, administration),
            new Meet(administration),
            new Replicate(cluster, slots, administration),
            new Reset(cluster, slots, administration),
            new SaveConfig(),
            new SetConfigEpoch(cluster, administration),
            new CountKeysInSlot(slots),
            new GetKeysInSlot(slots),
            new ClusterInfo(cluster, peers, migration),
            new KeySlot(),
            new Links(peers),
            new MyId(cluster),
            new MyShardId(cluster),
            new Nodes(cluster, lines),
            Replicas.replicas(cluster, lines),
            Replicas.slaves(cluster, lines),
            new MigrateSlots(cluster, migration.migrations()),
            new GetSlotMigrations(migration.migrations()),
            new CancelSlotMigrations(migration.migrations()),
            new Migration(cluster, migration.migrations()),
            new RebalanceCluster(migration.rebalance()),
            new SetSlot(cluster, migration.owners()),
            new Shards(cluster, replication),
            new Slots(cluster),
            new SlotStats(cluster, slots)));
    return List.of(new ContainerCommand(container, subcommands));
  }
}
