package io.slotcast.broker.migration;

import io.slotcast.broker.cluster.ClusterView;
import io.slotcast.broker.migration.MigrationMessage.GiveSlot;
import io.slotcast.broker.migration.MigrationMessage.SlotGiven;
import io.slotcast.broker.peer.NumberedFrames;
import io.slotcast.membership.TopologyChange;
import io.slotcast.membership.TopologyChange.RefusedException;
import io.slotcast.membership.resharding.SlotChanges;
import io.slotcast.router.NodeId;
import io.slotcast.router.Shard;
import io.slotcast.router.SlotSet;
import io.slotcast.router.Topology;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Opens, closes and gives single slots, as CLUSTER SETSLOT says it at any node: what only a slot's
 * owner can do is done there, asked for over the peer link. Each stage completes when this node
 * routes by what was agreed. Safe from any thread.
 */
public final class SlotOwners {
  private static final long ANSWER_SECONDS = 30;

  private final ClusterView cluster;
  private final NumberedFrames peers;
  private final Handover handover;
  private final AtomicLong requests = new AtomicLong();
  private final Map<Long, CompletableFuture<Void>> asked = new ConcurrentHashMap<>();

  public SlotOwners(ClusterView cluster, NumberedFrames peers, Handover handover) {
    this.cluster = cluster;
    this.peers = peers;
    this.handover = handover;
  }

  public CompletionStage<Void> open(int slot, NodeId source, NodeId target) {
    return propose(SlotChanges.open(slot, source, target));
  }

  public CompletionStage<Void> close(int slot) {
    return propose(SlotChanges.close(slot));
  }

  private CompletionStage<Void> propose(TopologyChange change) {
    return cluster
        .membership()
        .topology()
        .propose(change)
        .thenCompose(topology -> cluster.learned(topology.epoch()));
  }

  /** Gives a slot that has no keys left where it is. */
  public CompletionStage<Void> give(int slot, NodeId target) {
    SlotSet one = SlotSet.range(slot, slot);
    Topology topology = cluster.topology();
    Shard owner = topology.ownerOf(slot);
    if (owner == null) {
      return propose(SlotChanges.assign(one, target));
    }
    if (owner.primary().equals(target)) {
      return CompletableFuture.completedFuture(null);
    }
    if (owner.primary().equals(cluster.self())) {
      return giveOwn(slot, target);
    }
    return ask(owner.primary(), slot, target);
  }

  private CompletionStage<Void> giveOwn(int slot, NodeId target) {
    SlotSet one = SlotSet.range(slot, slot);
    return handover
        .give(
            one,
            target,
            SlotChanges.give(one, cluster.self(), target),
            held -> held.keys().count() == 0,
            "Can't assign hashslot "
                + slot
                + " to a different node while I still hold keys for this hash slot.",
            () -> CompletableFuture.completedFuture(null))
        .thenAccept(topology -> {});
  }

  /** An owner that cannot be asked has lost its lease by the time the voters accept the change. */
  private CompletionStage<Void> ask(NodeId owner, int slot, NodeId target) {
    long number = requests.incrementAndGet();
    CompletableFuture<Void> answer = new CompletableFuture<>();
    asked.put(number, answer);
    if (!peers.send(owner, number, MigrationCodec.encode(new GiveSlot(slot, target)))) {
      asked.remove(number);
      return propose(SlotChanges.give(SlotSet.range(slot, slot), owner, target));
    }
    return answer
        .orTimeout(ANSWER_SECONDS, TimeUnit.SECONDS)
        .whenComplete((done, failure) -> asked.remove(number))
        .thenCompose(done -> learnedOwner(slot, target));
  }

  private CompletionStage<Void> learnedOwner(int slot, NodeId target) {
    return cluster.learned(
        topology -> {
          Shard owner = topology.ownerOf(slot);
          return owner != null && owner.primary().equals(target);
        });
  }

  /** Another node asks for a slot of this one. */
  void onRequest(NodeId from, long number, GiveSlot request) {
    give(request.slot(), request.target())
        .whenComplete(
            (done, failure) -> {
              SlotGiven answer = new SlotGiven(failure == null ? "" : text(failure));
              peers.send(from, number, MigrationCodec.encode(answer));
            });
  }

  void onAnswer(long number, SlotGiven given) {
    CompletableFuture<Void> answer = asked.get(number);
    if (answer == null) {
      return;
    }
    if (given.error().isEmpty()) {
      answer.complete(null);
    } else {
      answer.completeExceptionally(new RefusedException(given.error()));
    }
  }

  /** Why something failed, for whoever asked for it. */
  public static String text(Throwable failure) {
    Throwable cause = Handover.unwrapped(failure);
    @Nullable String message = cause.getMessage();
    return message == null ? cause.getClass().getSimpleName() : message;
  }
}
