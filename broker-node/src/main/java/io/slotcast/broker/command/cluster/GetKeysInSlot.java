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
import java.util.List;

/** CLUSTER GETKEYSINSLOT slot count: some keys of a slot that this node stores. */
final class GetKeysInSlot implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("getkeysinslot", 4)
          .flags(STALE)
          .tips("nondeterministic_output")
          .doc("cluster", "3.0.0", "Returns names of keys of a hash slot on this node.")
          .complexity("O(N) where N is the number of requested keys.")
          .arguments(Argument.of("slot", Type.INTEGER), Argument.of("count", Type.INTEGER))
          .build();

  private final SlotTable slots;

  GetKeysInSlot(SlotTable slots) {
    this.slots = slots;
  }

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    long slot = call.longArgument(2);
    long count = call.longArgument(3);
    if (slot < 0 || slot >= SlotHash.SLOTS || count < 0) {
      throw new CommandException("ERR Invalid slot or number of keys");
    }
    List<byte[]> names = slots.query((int) slot, found -> found.keys().names(count), List.of());
    call.reply().array(names.size());
    names.forEach(call.reply()::bulk);
  }
}
