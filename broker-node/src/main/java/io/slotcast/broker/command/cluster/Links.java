package io.slotcast.broker.command.cluster;

import static io.slotcast.broker.command.CommandFlag.STALE;

import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.peer.PeerLink;
import io.slotcast.broker.peer.PeerLinks;
import io.slotcast.broker.resp.RespWriter;
import java.util.List;

/**
 * CLUSTER LINKS: the connections to other nodes that are up. Two nodes share one, which one of them
 * made, so each shows it once: the one that dialled as {@code to}, the other as {@code from}.
 */
final class Links implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("links", 2)
          .flags(STALE)
          .tips("nondeterministic_output")
          .doc("cluster", "7.0.0", "Returns the links between this node and its peers.")
          .complexity("O(N) where N is the total number of Cluster nodes.")
          .build();

  private final PeerLinks peers;

  Links(PeerLinks peers) {
    this.peers = peers;
  }

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    List<PeerLink> up = peers.links().stream().filter(PeerLink::isUp).toList();
    RespWriter reply = call.reply();
    reply.array(up.size());
    for (PeerLink link : up) {
      long queued = link.queuedBytes();
      reply.map(6);
      reply.bulk("direction");
      reply.bulk(link.dials() ? "to" : "from");
      reply.bulk("node");
      reply.bulk(link.peer().hex());
      reply.bulk("create-time");
      reply.integer(link.connectedSinceMillis());
      reply.bulk("events");
      reply.bulk(queued > 0 ? "rw" : "r");
      reply.bulk("send-buffer-allocated");
      reply.integer(queued);
      reply.bulk("send-buffer-used");
      reply.integer(queued);
    }
  }
}
