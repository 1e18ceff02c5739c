package io.slotcast.broker.command.migration;

import io.slotcast.broker.cluster.ClusterView;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.keyspace.rdb.DumpPayload;
import io.slotcast.broker.migration.TargetConnections;
import io.slotcast.broker.net.IoLoops;
import java.util.List;

/** What moves keys, one by one. */
public final class MigrationCommands {
  private MigrationCommands() {}

  public static List<Command> all(IoLoops loops, ClusterView cluster, DumpPayload payload) {
    List<TargetConnections> byLoop =
        loops.all().stream().map(loop -> new TargetConnections(loop, loops.transport())).toList();
    return List.of(new Migrate(cluster, payload, loop -> byLoop.get(loop.index())));
  }
}
