package io.slotcast.broker;

import io.slotcast.broker.cluster.ClusterView;
import io.slotcast.broker.command.ClientRegistry;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandTable;
import io.slotcast.broker.command.ErrorStatistics;
import io.slotcast.broker.command.PauseGate;
import io.slotcast.broker.command.RunObservers;
import io.slotcast.broker.command.catalog.CatalogCommands;
import io.slotcast.broker.command.client.ClientCommands;
import io.slotcast.broker.command.cluster.ClusterCommands;
import io.slotcast.broker.command.config.ConfigCommands;
import io.slotcast.broker.command.connection.Authentication;
import io.slotcast.broker.command.connection.ConnectionCommands;
import io.slotcast.broker.command.debug.Debug;
import io.slotcast.broker.command.debug.DebugTools;
import io.slotcast.broker.command.generic.GenericCommands;
import io.slotcast.broker.command.hash.HashCommands;
import io.slotcast.broker.command.info.InfoCommands;
import io.slotcast.broker.command.info.ProcessUsage;
import io.slotcast.broker.command.info.Traffic;
import io.slotcast.broker.command.list.ListCommands;
import io.slotcast.broker.command.memory.MemoryCommands;
import io.slotcast.broker.command.migration.MigrationCommands;
import io.slotcast.broker.command.peer.PeerLinkCommand;
import io.slotcast.broker.command.persistence.Persistence;
import io.slotcast.broker.command.persistence.PersistenceCommands;
import io.slotcast.broker.command.pubsub.PubSubCommands;
import io.slotcast.broker.command.replication.ReplicationCommands;
import io.slotcast.broker.command.scripting.ScriptingCommands;
import io.slotcast.broker.command.server.SavingAtEnd;
import io.slotcast.broker.command.server.ServerCommands;
import io.slotcast.broker.command.set.SetCommands;
import io.slotcast.broker.command.sortedset.SortedSetCommands;
import io.slotcast.broker.command.stream.StreamCommands;
import io.slotcast.broker.command.string.StringCommands;
import io.slotcast.broker.command.transaction.TransactionCommands;
import io.slotcast.broker.config.Directives;
import io.slotcast.broker.config.ServerConfig;
import io.slotcast.broker.keyspace.SlotTable;
import io.slotcast.broker.keyspace.rdb.DumpPayload;
import io.slotcast.broker.migration.SlotMigration;
import io.slotcast.broker.net.IoLoops;
import io.slotcast.broker.peer.PeerLinks;
import io.slotcast.broker.pubsub.PubSub;
import io.slotcast.broker.replication.Replication;
import io.slotcast.router.NodeId;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/**
 * The commands of one node: every family, with the parts of the node that it works on.
 *
 * @param shutdown what SHUTDOWN does; returns at once
 */
record NodeCommands(
    ServerConfig config,
    IoLoops loops,
    SlotTable slots,
    ValueLayout layout,
    ClusterView cluster,
    ClientRegistry clients,
    PubSub pubSub,
    PeerLinks peers,
    SlotMigration migration,
    Replication replication,
    ErrorStatistics errors,
    PauseGate pause,
    RunObservers observers,
    Traffic traffic,
    ProcessUsage process,
    Persistence persistence,
    Consumer<SavingAtEnd> shutdown) {

  CommandTable table() {
    Authentication authentication = new Authentication(config);
    DumpPayload payload = new DumpPayload(layout::settings);
    CommandTable.Builder table = CommandTable.builder();
    table.add(new PeerLinkCommand(peers));
    add(table, ConnectionCommands.all(authentication, cluster, clients));
    add(table, ClientCommands.all(clients, pause));
    add(table, StringCommands.all(() -> config.get(Directives.PROTO_MAX_BULK_LEN)));
    add(table, ListCommands.all());
    add(table, StreamCommands.all(layout.streamLimits()));
    add(table, HashCommands.all(layout::hashLimits, ThreadLocalRandom::current));
    add(table, SetCommands.all(layout::maxIntegers, ThreadLocalRandom::current));
    add(table, SortedSetCommands.all(layout.sortedSetLimits(), ThreadLocalRandom::current));
    add(table, GenericCommands.all(slots, ThreadLocalRandom::current, payload));
    add(table, MigrationCommands.all(loops, cluster, payload));
    add(table, TransactionCommands.all());
    add(table, ClusterCommands.all(cluster, slots, peers, replication, migration));
    add(
        table,
        ReplicationCommands.all(
            cluster, replication, () -> config.get(Directives.PERSISTENCE.appendOnly)));
    add(table, PubSubCommands.all(pubSub, clients, peers.announcer(), cluster));
    add(table, ScriptingCommands.all());
    add(table, PersistenceCommands.all(persistence));
    add(table, ServerCommands.all(slots, cluster, Clock.systemUTC(), observers, shutdown));
    table.add(MemoryCommands.command(slots, process));
    table.add(
        new Debug(
            () -> config.get(Directives.ENABLE_DEBUG_COMMAND),
            new DebugTools(slots, payload, replication::changeName)));
    add(table, CatalogCommands.all());
    add(table, ConfigCommands.all(config, statistics()));
    add(
        table,
        InfoCommands.all(
            thisRun(),
            config,
            cluster,
            slots,
            clients,
            pubSub,
            peers,
            replication,
            traffic,
            process,
            errors,
            authentication,
            persistence));
    return table.build();
  }

  private static void add(CommandTable.Builder table, List<Command> family) {
    family.forEach(table::add);
  }

  private List<Runnable> statistics() {
    return List.of(traffic::reset, errors::reset, clients::resetStatistics, slots::resetStatistics);
  }

  static String randomId() {
    return NodeId.random(new SecureRandom()).hex();
  }

  private InfoCommands.Run thisRun() {
    return new InfoCommands.Run(randomId(), System.currentTimeMillis(), loops.transport());
  }
}
