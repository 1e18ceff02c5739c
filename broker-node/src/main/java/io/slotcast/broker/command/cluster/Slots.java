package io.slotcast.broker.command.cluster;

import static io.slotcast.broker.command.CommandFlag.STALE;

import io.slotcast.broker.cluster.ClusterView;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.config.EndpointType;
import io.slotcast.broker.resp.RespWriter;
import io.slotcast.router.Node;
import io.slotcast.router.NodeId;
import io.slotcast.router.Shard;
import io.slotcast.router.SlotRange;
import io.slotcast.router.Topology;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * CLUSTER SLOTS: for each range of slots its ends, its primary and its living replicas. A node is
 * its preferred endpoint, port, id, and a map of what else is known of its address.
 */
final class Slots implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("slots", 2)
          .flags(STALE)
          .tips("nondeterministic_output")
          .doc("cluster", "3.0.0", "Returns which nodes serve which ranges of slots.")
          .complexity("O(N) where N is the total number of Cluster nodes.")
          .build();

  private final ClusterView cluster;

  Slots(ClusterView cluster) {
    this.cluster = cluster;
  }

  private record Owned(SlotRange range, Shard shard) {}

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    Topology topology = cluster.topology();
    boolean tls = call.client().connection().isTls();
    List<Owned> ranges = new ArrayList<>();
    for (Shard shard : topology.shards()) {
      shard.slots().ranges().forEach(range -> ranges.add(new Owned(range, shard)));
    }
    ranges.sort(Comparator.comparingInt(owned -> owned.range().first()));
    call.reply().array(ranges.size());
    for (Owned owned : ranges) {
      List<Node> nodes = available(topology, owned.shard());
      call.reply().array(2L + nodes.size());
      call.reply().integer(owned.range().first());
      call.reply().integer(owned.range().last());
      nodes.forEach(node -> node(node, call.reply(), tls));
    }
  }

  /** The primary in any case, and the replicas that are thought alive. */
  private List<Node> available(Topology topology, Shard shard) {
    Set<NodeId> live = cluster.live();
    List<Node> nodes = new ArrayList<>();
    shard
        .members()
        .filter(id -> id.equals(shard.primary()) || live.contains(id))
        .forEach(
            id -> {
              Node node = topology.node(id);
              if (node != null) {
                nodes.add(node);
              }
            });
    return nodes;
  }

  private void node(Node node, RespWriter reply, boolean tls) {
    reply.array(4);
    if (cluster.endpointType() == EndpointType.UNKNOWN_ENDPOINT) {
      reply.nil();
    } else {
      reply.bulk(cluster.endpoint(node));
    }
    reply.integer(node.portFor(tls));
    reply.bulk(node.id().hex());
    Map<String, String> metadata = metadata(node);
    reply.map(metadata.size());
    metadata.forEach(
        (name, value) -> {
          reply.bulk(name);
          reply.bulk(value);
        });
  }

  private Map<String, String> metadata(Node node) {
    Map<String, String> metadata = new LinkedHashMap<>();
    if (cluster.endpointType() != EndpointType.IP) {
      metadata.put("ip", node.host());
    }
    if (cluster.endpointType() != EndpointType.HOSTNAME && !node.hostname().isEmpty()) {
      metadata.put("hostname", node.hostname());
    }
    if (!node.zone().isEmpty()) {
      metadata.put("availability-zone", node.zone());
    }
    return metadata;
  }
}
