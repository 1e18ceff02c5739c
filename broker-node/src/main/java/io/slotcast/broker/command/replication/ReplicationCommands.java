package io.slotcast.broker.command.replication;

import io.slotcast.broker.cluster.ClusterView;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.replication.Replication;
import java.util.List;
import java.util.function.BooleanSupplier;

/** ROLE, WAIT and WAITAOF. */
public final class ReplicationCommands {
  private ReplicationCommands() {}

  /**
   * @param journaled whether this node keeps a journal
   */
  public static List<Command> all(
      ClusterView cluster, Replication replication, BooleanSupplier journaled) {
    return List.of(
        new Role(cluster, replication), new Wait(replication), new WaitAof(replication, journaled));
  }
}
