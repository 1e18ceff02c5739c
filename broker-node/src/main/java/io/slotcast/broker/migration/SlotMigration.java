package io.slotcast.broker.migration;

import io.slotcast.broker.cluster.ClusterView;
import io.slotcast.broker.keyspace.SlotTable;
import io.slotcast.broker.net.IoLoops;
import io.slotcast.broker.peer.NumberedFrames;
import io.slotcast.router.NodeId;
import java.io.IOException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One node's part in moving slots, put together, with the thread that it runs on. */
public final class SlotMigration implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SlotMigration.class);

  private final ScheduledExecutorService thread;
  private final SlotOwners owners;

  public SlotMigration(ClusterView cluster, SlotTable slots, IoLoops loops, NumberedFrames frames) {
    this.thread =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("migration").factory());
    this.owners = new SlotOwners(cluster, frames, new Handover(cluster, slots, loops, thread));
    frames.receiver(this::received);
  }

  /** Who opens, closes and gives single slots. */
  public SlotOwners owners() {
    return owners;
  }

  private void received(NodeId peer, long number, byte[] body) {
    try {
      switch (MigrationCodec.decode(body)) {
        case MigrationMessage.GiveSlot request -> owners.onRequest(peer, number, request);
        case MigrationMessage.SlotGiven answer -> owners.onAnswer(number, answer);
      }
    } catch (IOException malformed) {
      log.warn("A frame of {} is ignored: {}", peer, malformed.getMessage());
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
