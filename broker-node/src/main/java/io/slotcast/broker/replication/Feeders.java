package io.slotcast.broker.replication;

import io.slotcast.broker.peer.ReplicationLink;
import io.slotcast.broker.replication.Message.Received;
import io.slotcast.broker.replication.Replication.Keyspace;
import io.slotcast.broker.replication.Replication.Syncs;
import io.slotcast.router.NodeId;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The replicas that this node feeds, one {@link Feeder} each, and what they have. Safe from any
 * thread.
 */
final class Feeders {
  private static final Logger log = LoggerFactory.getLogger(Feeders.class);

  private final Keyspace keyspace;
  private final LongSupplier nanos;
  private final Map<NodeId, Feeder> feeders = new ConcurrentHashMap<>();
  private final AtomicLong fullSyncs = new AtomicLong();
  private final AtomicLong partialSyncs = new AtomicLong();
  private final AtomicLong refusedPartialSyncs = new AtomicLong();

  Feeders(Keyspace keyspace, LongSupplier nanos) {
    this.keyspace = keyspace;
    this.nanos = nanos;
  }

  /**
   * Feeds a replica in place of whatever it was fed before: from {@code offset} of the stream that
   * it names where that is this one and is kept, else from the beginning.
   *
   * @param own the name of this node's stream
   */
  void begin(ReplicationLink link, long session, StreamName own, String id, long offset) {
    closeIf(before -> before.replica().equals(link.peer()));
    Feeder feeder = own.covers(id, offset) ? goingOn(link, session, offset) : null;
    if (feeder != null) {
      partialSyncs.incrementAndGet();
    } else {
      boolean isNew = id.chars().allMatch(c -> c == '0');
      if (!isNew) {
        refusedPartialSyncs.incrementAndGet();
      }
      fullSyncs.incrementAndGet();
      feeder =
          Feeder.fromTheBeginning(
              link,
              session,
              keyspace.stream(),
              keyspace.slots(),
              keyspace.images(),
              nanos.getAsLong());
    }
    feeders.put(link.peer(), feeder);
    feeder.begin(own);
  }

  private @Nullable Feeder goingOn(ReplicationLink link, long session, long offset) {
    return Feeder.goingOn(
        link,
        session,
        keyspace.stream(),
        keyspace.slots(),
        keyspace.images(),
        offset,
        nanos.getAsLong());
  }

  /**
   * Takes in what a replica says that it has.
   *
   * @return whether it is in a session with this node; else it is to be told that it is not
   */
  boolean acknowledged(ReplicationLink link, Received in) {
    Feeder feeder = feeders.get(link.peer());
    if (feeder == null || feeder.session() != in.session() || feeder.link() != link) {
      return false;
    }
    feeder.acknowledged(in.number(), in.number(), in.number(), nanos.getAsLong());
    return true;
  }

  boolean isOnline(NodeId replica) {
    Feeder feeder = feeders.get(replica);
    return feeder != null && feeder.isOnline();
  }

  boolean isEmpty() {
    return feeders.isEmpty();
  }

  /**
   * @return whether there was one
   */
  boolean closeIf(Predicate<Feeder> closed) {
    boolean any = false;
    for (Feeder feeder : List.copyOf(feeders.values())) {
      if (closed.test(feeder)) {
        feeder.close();
        feeders.remove(feeder.replica(), feeder);
        any = true;
      }
    }
    return any;
  }

  /** Once a second: gives up whoever is too slow or silent, and lets the others hear something. */
  void tick(ReplicationSettings settings) {
    long now = nanos.getAsLong();
    closeIf(feeder -> isGivenUp(feeder, settings, now));
    feeders.values().forEach(Feeder::heartbeat);
  }

  private static boolean isGivenUp(Feeder feeder, ReplicationSettings settings, long now) {
    long maxLag = settings.maxLagBytes();
    boolean tooSlow = maxLag > 0 && feeder.lag() > maxLag;
    boolean isSilent = feeder.silentMillis(now) > settings.timeoutMillis();
    if (tooSlow || isSilent || feeder.isOutdated()) {
      log.warn(
          "Replica {} is given up: {} bytes behind, silent for {} ms",
          feeder.replica(),
          feeder.lag(),
          feeder.silentMillis(now));
      return true;
    }
    return false;
  }

  /** The offset that so many replicas have; 0 if there are fewer. */
  long acknowledgedBy(int count) {
    return feeders.values().stream()
        .filter(Feeder::isOnline)
        .map(Feeder::acknowledgedOffset)
        .sorted(Comparator.reverseOrder())
        .skip(count - 1L)
        .findFirst()
        .orElse(0L);
  }

  /** How many replicas were heard of within that time. */
  int heardWithin(long millis) {
    long now = nanos.getAsLong();
    return (int)
        feeders.values().stream()
            .filter(Feeder::isOnline)
            .filter(feeder -> feeder.silentMillis(now) <= millis)
            .count();
  }

  /** All of them, ordered by id. */
  List<ReplicaStatus> statuses() {
    long now = nanos.getAsLong();
    return feeders.values().stream()
        .sorted(Comparator.comparing(Feeder::replica))
        .map(
            feeder ->
                new ReplicaStatus(
                    feeder.replica(),
                    feeder.isOnline(),
                    feeder.acknowledgedOffset(),
                    feeder.durableOffset(),
                    feeder.silentMillis(now)))
        .toList();
  }

  Syncs syncs() {
    return new Syncs(fullSyncs.get(), partialSyncs.get(), refusedPartialSyncs.get());
  }
}
