package io.slotcast.testkit.chaos;

import java.util.Set;

/** One thing that goes wrong, or that an operator does, and is put right again. */
public sealed interface Fault {
  /** SIGKILL; put right by a start with the same folder. */
  record Kill(Set<Integer> nodes) implements Fault {}

  /** SIGKILL of all nodes of a shard; put right as above. */
  record KillShard(int shard) implements Fault {}

  /** SIGSTOP; put right by SIGCONT. */
  record Stop(int node) implements Fault {}

  /** A virtual machine is suspended: the process stops, and its clock with it. */
  record Suspend(int node) implements Fault {}

  /** The nodes of a side hear nothing of the others, nor the others of them. */
  record Cut(Set<Integer> side) implements Fault {}

  /** What one node sends to another is lost; the other way all arrives. */
  record CutOneWay(int from, int to) implements Fault {}

  /** CLUSTER FAILOVER at a replica of some shard; there is nothing to put right. */
  record Handover(int shard) implements Fault {}

  /** Slots go from one shard to another; there is nothing to put right. */
  record Move(int fromShard, int toShard, int slots) implements Fault {}

  /** Faults of a kind, for a plan to choose from. */
  enum Kind {
    KILL,
    STOP,
    SUSPEND,
    CUT,
    CUT_ONE_WAY,
    HANDOVER,
    MOVE
  }
}
