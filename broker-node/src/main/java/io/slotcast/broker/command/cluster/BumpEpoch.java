package io.slotcast.broker.command.cluster;

import static io.slotcast.broker.command.CommandFlag.ADMIN;
import static io.slotcast.broker.command.CommandFlag.NO_ASYNC_LOADING;
import static io.slotcast.broker.command.CommandFlag.STALE;

import io.slotcast.broker.cluster.Administration;
import io.slotcast.broker.cluster.ClusterView;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandSpec;

/** CLUSTER BUMPEPOCH: this node's shard gets the next epoch. */
final class BumpEpoch implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("bumpepoch", 2)
          .flags(ADMIN, STALE, NO_ASYNC_LOADING)
          .tips("nondeterministic_output")
          .doc("cluster", "3.0.0", "Advances the epoch of this node's shard.")
          .build();

  private final ClusterView cluster;
  private final Administration administration;

  BumpEpoch(ClusterView cluster, Administration administration) {
    this.cluster = cluster;
    this.administration = administration;
  }

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    if (SlotClaim.isIn(call, cluster)) {
      call.reply().simple("STILL " + cluster.ownEpoch());
      return;
    }
    AgreedReply.after(
        call,
        administration::bumpEpoch,
        reply -> reply.give(to -> to.simple("BUMPED " + cluster.ownEpoch())));
  }
}
