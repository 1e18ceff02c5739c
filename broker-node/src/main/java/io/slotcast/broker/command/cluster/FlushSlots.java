package io.slotcast.broker.command.cluster;

import static io.slotcast.broker.command.CommandFlag.ADMIN;
import static io.slotcast.broker.command.CommandFlag.NO_ASYNC_LOADING;
import static io.slotcast.broker.command.CommandFlag.STALE;

import io.slotcast.broker.cluster.Administration;
import io.slotcast.broker.cluster.ClusterView;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandException;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.keyspace.KeyspaceTotals;
import io.slotcast.broker.keyspace.SlotTable;

/** CLUSTER FLUSHSLOTS: this node gives up all its slots, if it has no keys. */
final class FlushSlots implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("flushslots", 2)
          .flags(ADMIN, STALE, NO_ASYNC_LOADING)
          .doc("cluster", "3.0.0", "Leaves all hash slots of this node without owner.")
          .build();

  private final ClusterView cluster;
  private final SlotTable slots;
  private final Administration administration;

  FlushSlots(ClusterView cluster, SlotTable slots, Administration administration) {
    this.cluster = cluster;
    this.slots = slots;
    this.administration = administration;
  }

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    if (KeyspaceTotals.of(slots).keys() > 0) {
      throw new CommandException("ERR DB must be empty to perform CLUSTER FLUSHSLOTS.");
    }
    AgreedReply.ok(call, () -> administration.unassign(cluster.topology().slotsOf(cluster.self())));
  }
}
