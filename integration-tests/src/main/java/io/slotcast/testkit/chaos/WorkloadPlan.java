package io.slotcast.testkit.chaos;

import java.time.Duration;

/**
 * How much clients do.
 *
 * @param writers clients that append, set, read and count
 * @param keys of each kind; each of them in a slot of its own with those of the other kinds
 * @param pause of a writer between two requests
 * @param patience for how long a request is tried before it counts as refused
 * @param replyPatience how long a reply may take before its outcome counts as unknown
 */
public record WorkloadPlan(
    int writers, int keys, Duration pause, Duration patience, Duration replyPatience) {
  /** What a cluster of six nodes on two cores bears with ease. */
  public static WorkloadPlan light() {
    return new WorkloadPlan(
        8, 12, Duration.ofMillis(4), Duration.ofSeconds(2), Duration.ofSeconds(1));
  }
}
