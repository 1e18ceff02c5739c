package io.slotcast.broker.command.cluster;

import static io.slotcast.broker.command.CommandFlag.STALE;

import io.slotcast.broker.cluster.ClusterView;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandSpec;

/** CLUSTER MYID: this node's id. */
final class MyId implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("myid", 2)
          .flags(STALE)
          .doc("cluster", "3.0.0", "Returns the id of this node.")
          .build();

  private final ClusterView cluster;

  MyId(ClusterView cluster) {
    this.cluster = cluster;
  }

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    call.reply().bulk(cluster.self().hex());
  }
}
