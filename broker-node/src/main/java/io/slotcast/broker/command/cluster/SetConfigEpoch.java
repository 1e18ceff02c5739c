package io.slotcast.broker.command.cluster;

import static io.slotcast.broker.command.CommandFlag.ADMIN;
import static io.slotcast.broker.command.CommandFlag.NO_ASYNC_LOADING;
import static io.slotcast.broker.command.CommandFlag.STALE;

import io.slotcast.broker.cluster.Administration;
import io.slotcast.broker.cluster.ClusterView;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandDoc.Type;
import io.slotcast.broker.command.CommandException;
import io.slotcast.broker.command.CommandSpec;

/**
 * CLUSTER SET-CONFIG-EPOCH epoch, which tools send when they make a cluster by hand. Epochs are
 * given by agreement here, so the node's shard gets the next one, whatever was asked for.
 */
final class SetConfigEpoch implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("set-config-epoch", 3)
          .flags(ADMIN, STALE, NO_ASYNC_LOADING)
          .doc("cluster", "3.0.0", "Gives a new node an epoch of its own.")
          .arguments(Argument.of("config-epoch", Type.INTEGER))
          .build();

  private final ClusterView cluster;
  private final Administration administration;

  SetConfigEpoch(ClusterView cluster, Administration administration) {
    this.cluster = cluster;
    this.administration = administration;
  }

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    if (!call.request().isLong(2)) {
      throw new CommandException("ERR value is not an integer or out of range");
    }
    long epoch = call.request().toLong(2);
    if (epoch < 0) {
      throw new CommandException("ERR Invalid config epoch specified: " + epoch);
    }
    if (cluster.topology().nodes().size() > 1) {
      throw new CommandException(
          "ERR The user can assign a config epoch only when the node does not know any other"
              + " node.");
    }
    AgreedReply.ok(call, () -> administration.bumpEpoch());
  }
}
