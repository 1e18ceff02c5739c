package io.slotcast.membership.forming;

import io.slotcast.router.Node;
import io.slotcast.router.NodeId;
import io.slotcast.router.Topology;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** Who should vote when a cluster has grown, or has lost a voter for good. */
public final class VoterPlan {
  private VoterPlan() {}

  /**
   * The voters that there should be, if others than now: 5, 3 or 1 of those of now that are not
   * gone and of the first other live nodes of the topology by address. They become fewer only where
   * one was taken out of the topology: who is merely gone counts until another can take the place.
   *
   * @param gone whether a voter is not expected back
   */
  public static Optional<Set<NodeId>> next(
      Topology topology, Set<NodeId> voters, Set<NodeId> live, Predicate<NodeId> gone) {
    boolean mayShrink = voters.stream().anyMatch(voter -> topology.node(voter) == null);
    return next(topology, voters, live, gone, mayShrink);
  }

  /** The voters that there should be once {@code leaver}, which is one of them, has left. */
  public static Optional<Set<NodeId>> without(
      NodeId leaver, Topology topology, Set<NodeId> voters, Set<NodeId> live) {
    return next(topology, voters, live, leaver::equals, true);
  }

  private static Optional<Set<NodeId>> next(
      Topology topology,
      Set<NodeId> voters,
      Set<NodeId> live,
      Predicate<NodeId> gone,
      boolean mayShrink) {
    Comparator<Node> liveFirst = Comparator.comparing(node -> !live.contains(node.id()));
    List<NodeId> candidates =
        Stream.concat(
                topology.nodes().stream()
                    .filter(node -> voters.contains(node.id()) && !gone.test(node.id()))
                    .sorted(liveFirst.thenComparing(PlacementPlan.BY_ADDRESS)),
                topology.nodes().stream()
                    .filter(node -> !voters.contains(node.id()) && live.contains(node.id()))
                    .sorted(PlacementPlan.BY_ADDRESS))
            .map(Node::id)
            .toList();
    int possible = candidates.size() >= 5 ? 5 : candidates.size() >= 3 ? 3 : 1;
    int wanted = mayShrink ? possible : Math.max(voters.size(), possible);
    if (candidates.size() < wanted) {
      return Optional.empty();
    }
    Set<NodeId> next = new TreeSet<>(candidates.subList(0, wanted));
    return next.equals(voters) ? Optional.empty() : Optional.of(next);
  }
}
