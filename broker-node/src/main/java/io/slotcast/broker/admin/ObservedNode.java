package io.slotcast.broker.admin;

import io.slotcast.broker.cluster.ClusterView;
import io.slotcast.broker.command.ClientRegistry;
import io.slotcast.broker.command.CommandTable;
import io.slotcast.broker.command.ErrorStatistics;
import io.slotcast.broker.command.persistence.Persistence;
import io.slotcast.broker.migration.SlotMigration;
import io.slotcast.broker.net.IoLoop;
import io.slotcast.broker.net.LoopCounters;
import io.slotcast.broker.peer.PeerLinks;
import io.slotcast.broker.pubsub.PubSub;
import io.slotcast.broker.replication.Replication;
import io.slotcast.membership.MembershipStatistics;
import java.util.List;
import java.util.function.ToLongFunction;

/** The parts of a node that its metrics are read from. */
public record ObservedNode(
    List<IoLoop> loops,
    ClientRegistry clients,
    CommandTable commands,
    ErrorStatistics errors,
    PubSub pubSub,
    PeerLinks peers,
    ClusterView cluster,
    Replication replication,
    SlotMigration migration,
    Persistence persistence) {
  public ObservedNode {
    loops = List.copyOf(loops);
  }

  /** One counter over all event loops. */
  long total(ToLongFunction<LoopCounters> counter) {
    long total = 0;
    for (IoLoop loop : loops) {
      total += counter.applyAsLong(loop.counters());
    }
    return total;
  }

  MembershipStatistics membership() {
    return cluster.membership().statistics();
  }
}
