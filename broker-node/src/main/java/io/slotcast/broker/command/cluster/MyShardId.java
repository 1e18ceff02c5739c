package io.slotcast.broker.command.cluster;

import static io.slotcast.broker.command.CommandFlag.STALE;

import io.slotcast.broker.cluster.ClusterView;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandException;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.router.Shard;

/** CLUSTER MYSHARDID, of Redis 7.2: the id of this node's shard, which all its nodes share. */
final class MyShardId implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("myshardid", 2)
          .flags(STALE)
          .doc("cluster", "7.2.0", "Returns the id of this node's shard.")
          .build();

  private final ClusterView cluster;

  MyShardId(ClusterView cluster) {
    this.cluster = cluster;
  }

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    Shard shard =
        cluster
            .topology()
            .shardOf(cluster.self())
            .orElseThrow(() -> new CommandException("ERR This node is in no shard yet"));
    call.reply().bulk(shard.id().hex());
  }
}
