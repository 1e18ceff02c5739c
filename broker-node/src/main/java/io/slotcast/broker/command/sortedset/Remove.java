package io.slotcast.broker.command.sortedset;

import static io.slotcast.broker.command.CommandFlag.FAST;
import static io.slotcast.broker.command.CommandFlag.WRITE;

import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandDoc.Type;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.command.KeySpec;
import io.slotcast.broker.keyspace.KeyEvent;
import io.slotcast.broker.keyspace.sortedset.SortedSetValue;
import io.slotcast.broker.resp.Request;

/** ZREM key member [member …]: replies how many were there. */
final class Remove implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("zrem", -3)
          .flags(WRITE, FAST)
          .categories(AclCategory.SORTEDSET)
          .keys(KeySpec.one(1, KeySpec.Flag.RW, KeySpec.Flag.DELETE))
          .doc("sorted-set", "1.2.0", "Removes members from a sorted set.")
          .complexity(
              "O(M*log(N)) with N being the number of elements in the sorted set and M the number of elements to be removed.")
          .arguments(Argument.key("key", 0), Argument.of("member", Type.STRING).asMultiple())
          .build();

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    Request request = call.request();
    SortedSetValue set = call.findKey(1, SortedSetValue.class);
    int removed = 0;
    for (int i = 2; set != null && i < request.count(); i++) {
      if (set.remove(request.array(), request.offset(i), request.length(i))) {
        removed++;
      }
    }
    if (set != null && removed > 0) {
      call.taken(1, KeyEvent.ZREM, set.size() == 0);
    }
    call.reply().integer(removed);
  }
}
