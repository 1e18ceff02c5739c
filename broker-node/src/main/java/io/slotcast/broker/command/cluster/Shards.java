package io.slotcast.broker.command.cluster;

import static io.slotcast.broker.command.CommandFlag.STALE;

import io.slotcast.broker.cluster.ClusterView;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.replication.Replication;
import io.slotcast.broker.resp.RespWriter;
import io.slotcast.router.Node;
import io.slotcast.router.NodeId;
import io.slotcast.router.Shard;
import io.slotcast.router.SlotRange;
import io.slotcast.router.SlotSet;
import io.slotcast.router.Topology;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * CLUSTER SHARDS: for each shard a map of its slots, as the ends of ranges one after the other, and
 * of its nodes, each a map of address, role, replication offset and health.
 */
final class Shards implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("shards", 2)
          .flags(STALE)
          .tips("nondeterministic_output")
          .doc("cluster", "7.0.0", "Returns the shards with their slots and nodes.")
          .complexity("O(N) where N is the total number of cluster nodes.")
          .build();

  private final ClusterView cluster;
  private final Replication replication;

  Shards(ClusterView cluster, Replication replication) {
    this.cluster = cluster;
    this.replication = replication;
  }

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    Topology topology = cluster.topologyWithSelf();
    List<NodeId> unplaced =
        topology.nodes().stream()
            .map(Node::id)
            .filter(id -> topology.shardOf(id).isEmpty())
            .toList();
    RespWriter reply = call.reply();
    reply.array(topology.shards().size() + (long) unplaced.size());
    for (Shard shard : topology.shards()) {
      shard(topology, shard.slots(), shard.members().toList(), reply);
    }
    // A node that was given no place yet is a shard of its own without slots, as in Redis.
    unplaced.forEach(id -> shard(topology, SlotSet.empty(), List.of(id), reply));
  }

  private void shard(Topology topology, SlotSet slots, List<NodeId> members, RespWriter reply) {
    List<SlotRange> ranges = slots.ranges();
    reply.map(2);
    reply.bulk("slots");
    reply.array(ranges.size() * 2L);
    for (SlotRange range : ranges) {
      reply.integer(range.first());
      reply.integer(range.last());
    }
    List<Node> nodes = new ArrayList<>();
    for (NodeId id : members) {
      Node node = topology.node(id);
      if (node != null) {
        nodes.add(node);
      }
    }
    reply.bulk("nodes");
    reply.array(nodes.size());
    for (Node node : nodes) {
      node(node, node.id().equals(members.getFirst()), reply);
    }
  }

  private void node(Node node, boolean isPrimary, RespWriter reply) {
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("id", node.id().hex());
    if (node.port() != 0) {
      fields.put("port", (long) node.port());
    }
    if (node.tlsPort() != 0) {
      fields.put("tls-port", (long) node.tlsPort());
    }
    fields.put("ip", node.host());
    fields.put("endpoint", cluster.endpoint(node));
    if (!node.hostname().isEmpty()) {
      fields.put("hostname", node.hostname());
    }
    if (!node.zone().isEmpty()) {
      fields.put("availability-zone", node.zone());
    }
    fields.put("role", isPrimary ? "master" : "replica");
    long offset = replication.of(node.id()).offset();
    fields.put("replication-offset", offset);
    String health = !isPrimary && offset == 0 ? "loading" : "online";
    fields.put("health", cluster.isLive(node.id()) ? health : "fail");
    reply.map(fields.size());
    fields.forEach(
        (name, value) -> {
          reply.bulk(name);
          if (value instanceof Long number) {
            reply.integer(number);
          } else {
            reply.bulk(value.toString());
          }
        });
  }
}
