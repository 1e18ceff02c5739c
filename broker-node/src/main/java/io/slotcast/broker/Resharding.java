package io.slotcast.broker;

import io.slotcast.broker.cluster.ClusterView;
import io.slotcast.broker.keyspace.SlotTable;
import io.slotcast.broker.keyspace.rdb.DumpPayload;
import io.slotcast.broker.keyspace.rdb.SlotImages;
import io.slotcast.broker.migration.ImportedSlots;
import io.slotcast.broker.migration.SlotMigration;
import io.slotcast.broker.net.IoLoops;
import io.slotcast.broker.net.ReplyGate;
import io.slotcast.broker.peer.PeerLinks;
import java.time.InstantSource;

/** Slots that move from node to node, wired to the rest of a node. */
final class Resharding {
  private final ImportedSlots imported;
  private final SlotMigration migration;

  Resharding(
      ClusterView cluster,
      SlotTable slots,
      ValueLayout layout,
      IoLoops loops,
      PeerLinks peers,
      ReplyGate gate) {
    SlotImages images = new SlotImages(layout::settings);
    imported =
        new ImportedSlots(slots, images, new DumpPayload(layout::settings), InstantSource.system());
    migration =
        new SlotMigration(
            cluster, slots, loops, peers.migrationFrames(), images, imported, gate::isOpen);
  }

  SlotMigration migration() {
    return migration;
  }
}
