package io.slotcast.broker.migration;

import io.slotcast.broker.cluster.ClusterView;
import io.slotcast.broker.keyspace.SlotTable;
import io.slotcast.broker.keyspace.rdb.SlotImages;
import io.slotcast.broker.peer.NumberedFrames;
import io.slotcast.router.NodeId;
import io.slotcast.router.Shard;
import io.slotcast.router.SlotSet;
import io.slotcast.router.Topology;
import java.io.IOException;
import java.time.InstantSource;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.LongPredicate;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One node's part in moving slots, put together. It runs on a thread of its own: images are made
 * and taken in there, so that no event loop is kept from its clients.
 */
public final class SlotMigration implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SlotMigration.class);

  private final ClusterView cluster;
  private final LostKeys lostKeys;
  private final ScheduledExecutorService thread;
  private final PeerEpochs epochs;
  private final Handover handover;
  private final SlotOwners owners;
  private final Migrations migrations;
  private final Rebalance rebalance;

  /**
   * What this node's shard owned by the last topology; until one named this run of the node, by any
   * so far. For the membership thread alone.
   */
  private SlotSet owned = SlotSet.empty();

  /** Whether a topology has named this run of the node; for the membership thread alone. */
  private boolean named;

  /**
   * @param isSafe whether what this node's effects told up to an offset may be acknowledged
   * @param random names migrations
   * @param thread where all of it runs, and nothing else; ended by {@link #close}
   */
  public SlotMigration(
      ClusterView cluster,
      SlotTable slots,
      Turns turns,
      NumberedFrames frames,
      SlotImages images,
      ImportedSlots keys,
      LongPredicate isSafe,
      InstantSource clock,
      RandomGenerator random,
      ScheduledExecutorService thread) {
    this.cluster = cluster;
    this.thread = thread;
    MigrationLink link =
        (peer, number, message) -> {
          byte[] body = MigrationCodec.encode(message);
          if (peer.equals(cluster.self())) {
            received(peer, number, body);
            return true;
          }
          return frames.send(peer, number, body);
        };
    this.epochs = new PeerEpochs(cluster, link, thread);
    this.handover = new Handover(cluster, slots, turns, epochs, isSafe, thread);
    this.owners = new SlotOwners(cluster, frames, handover);
    this.migrations =
        new Migrations(
            cluster,
            new Export.Surroundings(slots, images, slots.effects(), handover, link, clock, thread),
            new Import.Surroundings(keys, cluster, link, isSafe, thread),
            link,
            clock,
            random,
            thread);
    this.lostKeys = new LostKeys(cluster, keys, migrations::isImporting, this::execute);
    this.rebalance = new Rebalance(cluster, slots, migrations, link, thread);
    frames.receiver(this::received);
    frames.onLinkEnd(
        peer ->
            execute(
                () -> {
                  migrations.onLinkEnd(peer);
                  rebalance.onLinkEnd(peer);
                }));
    cluster.onTopology(this::follow);
  }

  /** How slots of this node are given away. */
  public Handover handover() {
    return handover;
  }

  /** Who opens, closes and gives single slots. */
  public SlotOwners owners() {
    return owners;
  }

  public Migrations migrations() {
    return migrations;
  }

  public Rebalance rebalance() {
    return rebalance;
  }

  /** How the keys of slots that were given away are dropped. */
  public LostKeys.Trims trims() {
    return lostKeys.trims();
  }

  private void received(NodeId peer, long number, byte[] body) {
    try {
      switch (MigrationCodec.decode(body)) {
        case MigrationMessage.GiveSlot request -> owners.onRequest(peer, number, request);
        case MigrationMessage.SlotGiven answer -> owners.onAnswer(number, answer);
        case MigrationMessage.RouteBy wanted -> epochs.onRouteBy(peer, number, wanted);
        case MigrationMessage.RoutesBy _ -> epochs.onRoutesBy(number);
        case MigrationMessage.Ended ended -> execute(() -> rebalance.onEnded(number, ended));
        case MigrationMessage.CountKeys _ -> execute(() -> rebalance.onCountKeys(peer, number));
        case MigrationMessage.KeyCounts counts ->
            execute(() -> rebalance.onKeyCounts(number, counts));
        case MigrationMessage message -> execute(() -> migrations.received(peer, number, message));
      }
    } catch (IOException malformed) {
      log.warn("A frame of {} is ignored: {}", peer, malformed.getMessage());
    }
  }

  private void follow(Topology topology) {
    SlotSet now = topology.shardOf(cluster.self()).map(Shard::slots).orElse(SlotSet.empty());
    named |= cluster.namesThisRun(topology);
    SlotSet lost = named ? owned.minus(now).intersect(topology.assigned()) : SlotSet.empty();
    owned = named ? now : owned.union(now);
    execute(
        () -> {
          migrations.onTopology();
          lostKeys.add(lost);
        });
  }

  private void execute(Runnable work) {
    try {
      thread.execute(
          () -> {
            try {
              work.run();
            } catch (RuntimeException bug) {
              log.error("The migration of slots failed", bug);
            }
          });
    } catch (RejectedExecutionException closed) {
      log.debug("No slots move while this node ends", closed);
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
