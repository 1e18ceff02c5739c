package io.slotcast.broker;

import io.slotcast.broker.cluster.ClusterView;
import io.slotcast.broker.command.CommandTable;
import io.slotcast.broker.command.EffectRunner;
import io.slotcast.broker.keyspace.SlotTable;
import io.slotcast.broker.keyspace.rdb.DumpPayload;
import io.slotcast.broker.keyspace.rdb.SlotImages;
import io.slotcast.broker.migration.ImportedSlots;
import io.slotcast.broker.migration.SlotMigration;
import io.slotcast.broker.migration.Turns;
import io.slotcast.broker.net.IoLoops;
import io.slotcast.broker.net.ReplyGate;
import io.slotcast.broker.peer.PeerLinks;
import io.slotcast.broker.resp.ProtocolException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;

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
            cluster,
            slots,
            Turns.of(loops),
            peers.migrationFrames(),
            images,
            imported,
            gate::isOpen,
            InstantSource.system(),
            new SecureRandom(),
            Executors.newSingleThreadScheduledExecutor(
                Thread.ofPlatform().daemon().name("migration").factory()));
  }

  /**
   * Effects of slots that come here are repeated by these commands, and are effects of this node.
   * Nobody can wait for keys of a slot that is not this node's yet.
   */
  void repeatBy(CommandTable commands, SlotTable slots) {
    AtomicReference<String> failure = new AtomicReference<>("");
    EffectRunner runner =
        new EffectRunner(
            commands,
            slots,
            System::currentTimeMillis,
            slot -> true,
            slots.effects()::append,
            slot -> {},
            (command, error) -> failure.set(command + ": " + error));
    imported.repeatBy(
        unit -> {
          failure.set("");
          try {
            runner.run(unit, 0, unit.length);
          } catch (ProtocolException malformed) {
            throw new IllegalStateException("no effect", malformed);
          }
          if (!failure.get().isEmpty()) {
            throw new IllegalStateException("an effect failed: " + failure.get());
          }
        });
  }

  SlotMigration migration() {
    return migration;
  }
}
