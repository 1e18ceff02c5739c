package io.slotcast.broker.ctl;

import io.slotcast.router.SlotHash;
import java.util.ArrayList;
import java.util.List;

/**
 * A cluster as one of its nodes sees it.
 *
 * @param state {@code ok} or {@code fail}
 * @param epoch of the topology
 * @param nodes primaries by their first slot, each with its replicas behind it
 */
public record ClusterReport(String state, long epoch, List<NodeReport> nodes) {

  /** Slots that have an owner. */
  public int assigned() {
    return nodes.stream().mapToInt(node -> node.slots().size()).sum();
  }

  /** What an operator should look at, a line each; nothing if all is well. */
  public List<String> problems() {
    List<String> problems = new ArrayList<>();
    if (!state.equals("ok")) {
      problems.add("the cluster is down: cluster_state is " + state);
    }
    if (assigned() < SlotHash.SLOTS) {
      problems.add((SlotHash.SLOTS - assigned()) + " slots have no owner");
    }
    for (NodeReport node : nodes) {
      if (!node.isReachable()) {
        problems.add(node.name() + " does not answer" + (node.failing() ? ", and is failing" : ""));
      } else if (node.failing()) {
        problems.add(node.name() + " is failing in the eyes of the node that was asked");
      } else if (!node.hearsItsPrimary()) {
        problems.add(node.name() + " does not hear its primary");
      }
      if (node.isPrimary() && !node.slots().isEmpty() && !hasReplica(node) && hasReplicas()) {
        problems.add(node.name() + " has slots and no replica");
      }
    }
    return problems;
  }

  private boolean hasReplicas() {
    return nodes.stream().anyMatch(node -> !node.isPrimary());
  }

  private boolean hasReplica(NodeReport primary) {
    return nodes.stream().anyMatch(node -> isGoodReplica(node, primary));
  }

  private static boolean isGoodReplica(NodeReport node, NodeReport primary) {
    return primary.id().equals(node.primary()) && node.isReachable() && !node.failing();
  }

  /** The replicas that could take a primary's place, the most advanced first. */
  List<NodeReport> goodReplicas(NodeReport primary) {
    return nodes.stream()
        .filter(node -> isGoodReplica(node, primary))
        .sorted((a, b) -> Long.compare(offset(b), offset(a)))
        .toList();
  }

  private static long offset(NodeReport node) {
    return node.own() == null ? 0 : node.own().offset();
  }

  /** Bytes of its primary's stream that a replica has not applied; 0 for a primary. */
  public long lag(NodeReport node) {
    NodeReport.Own own = node.own();
    return nodes.stream()
        .filter(primary -> primary.id().equals(node.primary()))
        .map(NodeReport::own)
        .filter(theirs -> theirs != null && own != null)
        .mapToLong(theirs -> Math.max(0, theirs.offset() - (own == null ? 0 : own.offset())))
        .findFirst()
        .orElse(0);
  }

  /**
   * The node that an operator means.
   *
   * @param name {@code host:port}, or the beginning of an id
   * @throws CtlException if that is none, or several
   */
  NodeReport named(String name) throws CtlException {
    List<NodeReport> meant =
        nodes.stream()
            .filter(node -> node.name().equals(name) || node.id().startsWith(name))
            .toList();
    if (meant.size() != 1) {
      throw new CtlException(
          name + (meant.isEmpty() ? " is no node of the cluster" : " begins several nodes' ids"));
    }
    return meant.getFirst();
  }
}
