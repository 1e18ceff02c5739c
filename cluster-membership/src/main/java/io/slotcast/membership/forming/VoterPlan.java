package io.slotcast.membership.forming;

import io.slotcast.router.Node;
import io.slotcast.router.NodeId;
import io.slotcast.router.Topology;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Who should vote when a cluster has grown. */
public final class VoterPlan {
  private VoterPlan() {}

  /**
   * The next voters where 3 or 5 have become possible: those of now and the first other live nodes
   * of the topology by address. Empty where there are enough voters or too few live nodes.
   */
  public static Optional<Set<NodeId>> grown(
      Topology topology, Set<NodeId> voters, Set<NodeId> live) {
    Set<NodeId> next = new TreeSet<>(voters);
    int possible = next.size();
    for (Node node : topology.nodes()) {
      possible += live.contains(node.id()) && !voters.contains(node.id()) ? 1 : 0;
    }
    int wanted = possible >= 5 ? 5 : possible >= 3 ? 3 : 1;
    if (wanted <= voters.size()) {
      return Optional.empty();
    }
    topology.nodes().stream()
        .filter(node -> live.contains(node.id()) && !voters.contains(node.id()))
        .sorted(PlacementPlan.BY_ADDRESS)
        .limit(wanted - voters.size())
        .forEach(node -> next.add(node.id()));
    return Optional.of(next);
  }
}
