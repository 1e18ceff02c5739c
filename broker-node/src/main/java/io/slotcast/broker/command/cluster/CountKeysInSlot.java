package io.slotcast.broker.command.cluster;

import static io.slotcast.broker.command.CommandFlag.STALE;

import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandDoc.Type;
import io.slotcast.broker.command.CommandException;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.keyspace.SlotTable;
import io.slotcast.router.SlotHash;

/** CLUSTER COUNTKEYSINSLOT slot: how many keys of a slot this node stores. */
final class CountKeysInSlot implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("countkeysinslot", 3)
          .flags(STALE)
          .doc("cluster", "3.0.0", "Counts the keys of a hash slot on this node.")
          .arguments(Argument.of("slot", Type.INTEGER))
          .build();

  private final SlotTable slots;

  CountKeysInSlot(SlotTable slots) {
    this.slots = slots;
  }

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    long slot = call.longArgument(2);
    if (slot < 0 || slot >= SlotHash.SLOTS) {
      throw new CommandException("ERR Invalid slot");
    }
    call.reply().integer(slots.query((int) slot, found -> found.keys().count(), 0));
  }
}
