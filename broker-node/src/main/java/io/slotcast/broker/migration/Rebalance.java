package io.slotcast.broker.migration;

import io.slotcast.broker.cluster.ClusterView;
import io.slotcast.broker.keyspace.SlotTable;
import io.slotcast.broker.migration.MigrationMessage.CountKeys;
import io.slotcast.broker.migration.MigrationMessage.Ended;
import io.slotcast.broker.migration.MigrationMessage.KeyCounts;
import io.slotcast.broker.migration.MigrationMessage.Start;
import io.slotcast.membership.resharding.RebalancePlan;
import io.slotcast.membership.resharding.RebalancePlan.Move;
import io.slotcast.router.NodeId;
import io.slotcast.router.Shard;
import io.slotcast.router.SlotHash;
import io.slotcast.router.SlotSet;
import io.slotcast.router.Topology;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Evens out slots or keys over the cluster: makes a plan and has it done, a batch of slots after
 * the other, each an atomic migration that its source carries out. One at a time is led by a node.
 *
 * <p>{@link #plan}, {@link #begin}, {@link #cancel} and {@link #status} are for any thread, the
 * rest for the migration thread.
 */
public final class Rebalance {
  private static final long ANSWER_MILLIS = 5_000;

  private final ClusterView cluster;
  private final SlotTable slots;
  private final Migrations migrations;
  private final MigrationLink link;
  private final ScheduledExecutorService thread;

  private final Deque<Move> waiting = new ArrayDeque<>();
  private @Nullable Move current;
  private long currentNumber;
  private boolean cancelled;

  /** Answers that are waited for, by the number that they will carry. */
  private final Map<Long, CompletableFuture<KeyCounts>> counts = new HashMap<>();

  /** Replaced by the migration thread, and by {@link #begin} under {@code this}. */
  private volatile Status status = new Status(State.IDLE, 0, 0, 0, 0, "");

  /** What a rebalancing is doing. */
  public enum State {
    IDLE,
    RUNNING,
    DONE,
    FAILED,
    CANCELLED
  }

  /**
   * How far it is.
   *
   * @param batches of slots that move at once, all of them
   * @param error why it ended early; empty if it did not
   */
  public record Status(
      State state, int batches, int batchesDone, int slots, int slotsDone, String error) {}

  /** What is to be even afterwards. */
  public enum Measure {
    SLOTS,
    KEYS
  }

  Rebalance(
      ClusterView cluster,
      SlotTable slots,
      Migrations migrations,
      MigrationLink link,
      ScheduledExecutorService thread) {
    this.cluster = cluster;
    this.slots = slots;
    this.migrations = migrations;
    this.link = link;
    this.thread = thread;
  }

  // ---- From any thread ----

  public Status status() {
    return status;
  }

  /** What would be moved; keys are counted at all primaries. */
  public CompletionStage<List<Move>> plan(Measure measure) {
    Topology topology = cluster.topology();
    if (measure == Measure.SLOTS) {
      return CompletableFuture.completedFuture(RebalancePlan.bySlots(topology));
    }
    CompletableFuture<List<Move>> plan = new CompletableFuture<>();
    thread.execute(
        () ->
            countKeys(topology)
                .whenComplete(
                    (keys, failure) -> {
                      if (failure == null) {
                        plan.complete(RebalancePlan.byKeys(topology, slot -> keys[slot]));
                      } else {
                        plan.completeExceptionally(failure);
                      }
                    }));
    return plan;
  }

  /**
   * Begins to move what a plan says.
   *
   * @param batch how many slots move at once, at most
   * @return false if one is going on
   */
  public synchronized boolean begin(List<Move> plan, int batch) {
    if (status.state() == State.RUNNING) {
      return false;
    }
    List<Move> batches = new ArrayList<>();
    plan.forEach(move -> batches.addAll(cut(move, batch)));
    int total = plan.stream().mapToInt(move -> move.slots().size()).sum();
    status = new Status(State.RUNNING, batches.size(), 0, total, 0, "");
    thread.execute(
        () -> {
          cancelled = false;
          waiting.clear();
          waiting.addAll(batches);
          next();
        });
    return true;
  }

  private static List<Move> cut(Move move, int batch) {
    List<Move> batches = new ArrayList<>();
    int[] numbers = move.slots().toArray();
    for (int from = 0; from < numbers.length; from += batch) {
      SlotSet part = SlotSet.empty();
      for (int i = from; i < Math.min(numbers.length, from + batch); i++) {
        part = part.with(numbers[i], numbers[i]);
      }
      batches.add(new Move(move.source(), move.target(), part));
    }
    return batches;
  }

  /** Ends it; the migration that goes on is cancelled as well. Returns false if none goes on. */
  public boolean cancel() {
    if (status.state() != State.RUNNING) {
      return false;
    }
    thread.execute(
        () -> {
          cancelled = true;
          waiting.clear();
          migrations.jobs().stream()
              .filter(job -> job.number() == currentNumber && !job.state().isEnd())
              .forEach(migrations::cancel);
          if (current == null) {
            end(State.CANCELLED, "");
          }
        });
    return true;
  }

  // ---- On the migration thread ----

  private void next() {
    Move move = waiting.poll();
    if (move == null) {
      end(cancelled ? State.CANCELLED : State.DONE, "");
      return;
    }
    current = move;
    String name = migrations.newName();
    currentNumber = Migrations.number(name);
    if (move.source().equals(cluster.self())) {
      migrations.received(
          cluster.self(), currentNumber, new Start(name, move.slots(), move.target()));
    } else if (!link.send(
        move.source(), currentNumber, new Start(name, move.slots(), move.target()))) {
      end(State.FAILED, "there is no link to node " + move.source());
    }
  }

  /** A batch has moved, or stayed. */
  void onEnded(long number, Ended ended) {
    Move move = current;
    if (move == null || number != currentNumber) {
      return;
    }
    current = null;
    Status before = status;
    if (ended.error().isEmpty()) {
      status =
          new Status(
              before.state(),
              before.batches(),
              before.batchesDone() + 1,
              before.slots(),
              before.slotsDone() + move.slots().size(),
              "");
      next();
    } else {
      waiting.clear();
      end(cancelled ? State.CANCELLED : State.FAILED, ended.error());
    }
  }

  void onLinkEnd(NodeId peer) {
    Move move = current;
    if (move != null && move.source().equals(peer)) {
      current = null;
      waiting.clear();
      end(State.FAILED, "the link to node " + peer + " was lost");
    }
  }

  private void end(State state, String error) {
    Status before = status;
    current = null;
    status =
        new Status(
            state,
            before.batches(),
            before.batchesDone(),
            before.slots(),
            before.slotsDone(),
            error);
  }

  // ---- Counting keys ----

  private CompletionStage<long[]> countKeys(Topology topology) {
    long[] keys = new long[SlotHash.SLOTS];
    List<CompletableFuture<KeyCounts>> answers = new ArrayList<>();
    for (Shard shard : topology.shards()) {
      answers.add(
          shard.primary().equals(cluster.self())
              ? CompletableFuture.completedFuture(ownCounts())
              : ask(shard.primary()));
    }
    return CompletableFuture.allOf(answers.toArray(CompletableFuture[]::new))
        .thenApply(
            done -> {
              answers.forEach(answer -> enter(answer.join(), keys));
              return keys;
            });
  }

  private static void enter(KeyCounts counts, long[] keys) {
    int[] numbers = counts.slots().toArray();
    for (int i = 0; i < numbers.length; i++) {
      keys[numbers[i]] = counts.keys().get(i);
    }
  }

  private CompletableFuture<KeyCounts> ask(NodeId primary) {
    CompletableFuture<KeyCounts> answer = new CompletableFuture<>();
    long number = Migrations.number(migrations.newName());
    counts.put(number, answer);
    if (!link.send(primary, number, new CountKeys())) {
      answer.completeExceptionally(
          new IllegalStateException("there is no link to node " + primary));
    }
    thread.schedule(
        () -> {
          counts.remove(number);
          answer.completeExceptionally(
              new IllegalStateException("node " + primary + " does not answer"));
        },
        ANSWER_MILLIS,
        TimeUnit.MILLISECONDS);
    return answer;
  }

  void onCountKeys(NodeId asker, long number) {
    link.send(asker, number, ownCounts());
  }

  void onKeyCounts(long number, KeyCounts found) {
    CompletableFuture<KeyCounts> answer = counts.remove(number);
    if (answer != null) {
      answer.complete(found);
    }
  }

  private KeyCounts ownCounts() {
    SlotSet own = cluster.topology().slotsOf(cluster.self());
    List<Integer> keys = new ArrayList<>();
    for (int number : own.toArray()) {
      keys.add(slots.query(number, slot -> slot.keys().count(), 0));
    }
    return new KeyCounts(own, keys);
  }
}
