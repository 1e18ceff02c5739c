package io.slotcast.broker.command.server;

import static io.slotcast.broker.command.CommandFlag.FAST;
import static io.slotcast.broker.command.CommandFlag.READONLY;

import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.keyspace.KeyspaceTotals;
import io.slotcast.broker.keyspace.SlotTable;

/** DBSIZE: the keys of this node. */
final class DbSize implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("dbsize", 1)
          .flags(READONLY, FAST)
          .categories(AclCategory.KEYSPACE)
          .tips("request_policy:all_shards", "response_policy:agg_sum")
          .doc("server", "1.0.0", "Counts the keys of this node.")
          .build();

  private final SlotTable slots;

  DbSize(SlotTable slots) {
    this.slots = slots;
  }

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    call.reply().integer(KeyspaceTotals.of(slots).keys());
  }
}
