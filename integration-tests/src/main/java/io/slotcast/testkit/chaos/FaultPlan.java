package io.slotcast.testkit.chaos;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * Which faults come and how long they hold, drawn from one seed: one after the other, each of them
 * at one node or link. For one thread.
 */
public final class FaultPlan {
  /** A fault and how long it holds. */
  public record Step(Fault fault, Duration holds) {}

  private static final int SHORTEST_MILLIS = 200;
  private static final int LONGEST_MILLIS = 6_000;
  private static final int MOST_SLOTS = 200;

  private final List<Fault.Kind> kinds;
  private final int nodes;
  private final int shards;
  private final Random random;

  /** The kinds that come before any comes again. */
  private final List<Fault.Kind> left = new ArrayList<>();

  /**
   * @param kinds which may come
   * @param nodes of the cluster
   * @param shards of the cluster
   */
  public FaultPlan(List<Fault.Kind> kinds, int nodes, int shards, Random random) {
    this.kinds = List.copyOf(kinds);
    this.nodes = nodes;
    this.shards = shards;
    this.random = random;
  }

  public Step next() {
    Fault.Kind kind = nextKind();
    int node = random.nextInt(nodes);
    int other = (node + 1 + random.nextInt(nodes - 1)) % nodes;
    int shard = random.nextInt(shards);
    Fault fault =
        switch (kind) {
          case KILL -> new Fault.Kill(Set.of(node));
          case STOP -> new Fault.Stop(node);
          case SUSPEND -> new Fault.Suspend(node);
          case CUT -> new Fault.Cut(Set.of(node));
          case CUT_ONE_WAY -> new Fault.CutOneWay(node, other);
          case HANDOVER -> new Fault.Handover(shard);
          case MOVE ->
              new Fault.Move(
                  shard,
                  (shard + 1 + random.nextInt(shards - 1)) % shards,
                  1 + random.nextInt(MOST_SLOTS));
        };
    int millis = SHORTEST_MILLIS + random.nextInt(LONGEST_MILLIS - SHORTEST_MILLIS);
    return new Step(fault, Duration.ofMillis(millis));
  }

  /** Each kind comes as often as any other, so that a short run has all of them. */
  private Fault.Kind nextKind() {
    if (left.isEmpty()) {
      left.addAll(kinds);
      Collections.shuffle(left, random);
    }
    return left.removeLast();
  }
}
