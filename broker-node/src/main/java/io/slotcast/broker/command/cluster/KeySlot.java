package io.slotcast.broker.command.cluster;

import static io.slotcast.broker.command.CommandFlag.STALE;

import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandDoc.Type;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.resp.Request;
import io.slotcast.router.SlotHash;

/** CLUSTER KEYSLOT key: the hash slot of a key or shard channel. */
final class KeySlot implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("keyslot", 3)
          .flags(STALE)
          .doc("cluster", "3.0.0", "Returns the hash slot of a key.")
          .complexity("O(N) where N is the number of bytes in the key.")
          .arguments(Argument.of("key", Type.STRING))
          .build();

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    Request request = call.request();
    call.reply().integer(SlotHash.slotOf(request.array(), request.offset(2), request.length(2)));
  }
}
