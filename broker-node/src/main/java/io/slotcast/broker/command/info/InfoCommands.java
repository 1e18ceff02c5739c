package io.slotcast.broker.command.info;

import io.slotcast.broker.cluster.ClusterView;
import io.slotcast.broker.command.ClientRegistry;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.ErrorStatistics;
import io.slotcast.broker.command.connection.Authentication;
import io.slotcast.broker.command.persistence.Persistence;
import io.slotcast.broker.config.ServerConfig;
import io.slotcast.broker.keyspace.SlotTable;
import io.slotcast.broker.net.Transport;
import io.slotcast.broker.peer.PeerLinks;
import io.slotcast.broker.pubsub.PubSub;
import io.slotcast.broker.replication.Replication;
import java.util.List;

/** INFO with its sections. */
public final class InfoCommands {
  private InfoCommands() {}

  /** What one start of a node is known by. */
  public record Run(String id, long startedMillis, Transport transport) {}

  public static List<Command> all(
      Run run,
      ServerConfig config,
      ClusterView cluster,
      SlotTable slots,
      ClientRegistry clients,
      PubSub pubSub,
      PeerLinks peers,
      Replication replication,
      Traffic traffic,
      ProcessUsage process,
      ErrorStatistics errors,
      Authentication authentication,
      Persistence persistence) {
    return List.of(
        new Info(
            List.of(
                new ServerSection(config, run.transport(), run.id(), run.startedMillis()),
                new ClientsSection(config, clients, peers),
                new MemorySection(config, process, slots.memory()),
                new PersistenceSection(persistence),
                new StatsSection(
                    traffic, clients, pubSub, errors, authentication, slots, replication),
                new ReplicationSection(cluster, config, replication),
                new CpuSection(process),
                new ModulesSection(),
                new CommandStatsSection(),
                new ErrorStatsSection(errors),
                new LatencyStatsSection(config),
                new ClusterSection(),
                new KeyspaceSection(slots))));
  }
}
