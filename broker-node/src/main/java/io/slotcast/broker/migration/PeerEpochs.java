package io.slotcast.broker.migration;

import io.slotcast.broker.cluster.ClusterView;
import io.slotcast.broker.migration.MigrationMessage.RouteBy;
import io.slotcast.broker.migration.MigrationMessage.RoutesBy;
import io.slotcast.router.NodeId;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Whether other nodes route by a topology yet. A client that is redirected before its new node has
 * learnt of it would be sent back, and again. Safe from any thread.
 */
final class PeerEpochs {
  private static final long PATIENCE_MILLIS = 500;

  private final ClusterView cluster;
  private final MigrationLink link;
  private final ScheduledExecutorService thread;
  private final AtomicLong numbers = new AtomicLong();
  private final Map<Long, CompletableFuture<Void>> asked = new ConcurrentHashMap<>();

  PeerEpochs(ClusterView cluster, MigrationLink link, ScheduledExecutorService thread) {
    this.cluster = cluster;
    this.link = link;
    this.thread = thread;
  }

  /** Completes when a node routes by that epoch or a later one, or does not say so in time. */
  CompletionStage<Void> routesBy(NodeId peer, long epoch) {
    long number = numbers.incrementAndGet();
    CompletableFuture<Void> answer = new CompletableFuture<>();
    asked.put(number, answer);
    if (!link.send(peer, number, new RouteBy(epoch))) {
      answer.complete(null);
    }
    thread.schedule(() -> answer.complete(null), PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    return answer.whenComplete((done, failure) -> asked.remove(number));
  }

  void onRouteBy(NodeId asker, long number, RouteBy wanted) {
    cluster.learned(wanted.epoch()).thenRun(() -> link.send(asker, number, new RoutesBy()));
  }

  void onRoutesBy(long number) {
    CompletableFuture<Void> answer = asked.get(number);
    if (answer != null) {
      answer.complete(null);
    }
  }
}
