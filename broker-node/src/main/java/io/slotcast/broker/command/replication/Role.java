package io.slotcast.broker.command.replication;

import static io.slotcast.broker.command.CommandFlag.FAST;
import static io.slotcast.broker.command.CommandFlag.LOADING;
import static io.slotcast.broker.command.CommandFlag.NOSCRIPT;
import static io.slotcast.broker.command.CommandFlag.STALE;

import io.slotcast.broker.cluster.ClusterView;
import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.replication.PrimaryStatus;
import io.slotcast.broker.replication.ReplicaStatus;
import io.slotcast.broker.replication.Replication;
import io.slotcast.broker.resp.RespWriter;
import io.slotcast.router.Node;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * ROLE: of a primary its offset and each replica's address and offset; of a replica its primary's
 * address, the state of the link, and its offset.
 */
final class Role implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("role", 1)
          .flags(NOSCRIPT, LOADING, STALE, FAST)
          .categories(AclCategory.ADMIN, AclCategory.DANGEROUS)
          .doc("server", "2.8.12", "Tells whether this node is a primary or a replica.")
          .complexity("O(1)")
          .build();

  private final ClusterView cluster;
  private final Replication replication;

  Role(ClusterView cluster, Replication replication) {
    this.cluster = cluster;
    this.replication = replication;
  }

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    PrimaryStatus primary = replication.primary();
    if (primary == null) {
      asPrimary(call.reply());
    } else {
      asReplica(call.reply(), primary, cluster.topology().node(primary.node()));
    }
  }

  private void asPrimary(RespWriter reply) {
    List<ReplicaStatus> online =
        replication.replicas().stream()
            .filter(replica -> replica.online() && cluster.topology().node(replica.node()) != null)
            .toList();
    reply.array(3);
    reply.bulk("master");
    reply.integer(replication.stream().offset());
    reply.array(online.size());
    for (ReplicaStatus replica : online) {
      Node node = cluster.topology().node(replica.node());
      reply.array(3);
      reply.bulk(node == null ? "" : node.host());
      reply.bulk(node == null ? 0 : node.port());
      reply.bulk(replica.offset());
    }
  }

  private static void asReplica(RespWriter reply, PrimaryStatus primary, @Nullable Node node) {
    reply.array(5);
    reply.bulk("slave");
    reply.bulk(node == null ? "" : node.host());
    reply.integer(node == null ? 0 : node.port());
    reply.bulk(primary.linkUp() ? "connected" : primary.loading() ? "sync" : "connect");
    reply.integer(primary.offset());
  }
}
