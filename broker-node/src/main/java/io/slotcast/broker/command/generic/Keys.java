package io.slotcast.broker.command.generic;

import static io.slotcast.broker.command.CommandFlag.READONLY;

import io.slotcast.broker.bytes.GlobPattern;
import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.keyspace.SlotTable;
import java.util.ArrayList;
import java.util.List;

/** KEYS pattern: all keys of this node that match. */
final class Keys implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("keys", 2)
          .flags(READONLY)
          .categories(AclCategory.KEYSPACE, AclCategory.DANGEROUS)
          .tips("request_policy:all_shards", "nondeterministic_output_order")
          .doc("generic", "1.0.0", "Returns the keys of this node that match a pattern.")
          .complexity(
              "O(N) with N being the number of keys in the database, under the assumption that the key names in the database and the given pattern have limited length.")
          .arguments(Argument.of("pattern", CommandDoc.Type.PATTERN))
          .build();

  private final SlotTable slots;

  Keys(SlotTable slots) {
    this.slots = slots;
  }

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    GlobPattern pattern = new GlobPattern(call.request().bytes(1));
    List<byte[]> found = new ArrayList<>();
    slots.forEach(
        slot -> {
          long cursor = 0;
          do {
            cursor =
                slot.keys()
                    .scan(
                        cursor,
                        call.nowMillis(),
                        (key, value) -> {
                          if (pattern.matches(key)) {
                            found.add(key);
                          }
                        });
          } while (cursor != 0);
        });
    call.reply().array(found.size());
    found.forEach(call.reply()::bulk);
  }
}
