package io.slotcast.broker.command.sortedset;

import static io.slotcast.broker.command.CommandFlag.FAST;
import static io.slotcast.broker.command.CommandFlag.READONLY;

import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandDoc.Type;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.command.KeySpec;
import io.slotcast.broker.keyspace.sortedset.SortedSetValue;
import io.slotcast.broker.resp.Request;
import org.jspecify.annotations.Nullable;

/** ZSCORE key member: the member's score, or null. */
final class Score implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("zscore", 3)
          .flags(READONLY, FAST)
          .categories(AclCategory.SORTEDSET)
          .keys(KeySpec.one(1, KeySpec.Flag.RO, KeySpec.Flag.ACCESS))
          .doc("sorted-set", "1.2.0", "Returns the score of a member of a sorted set.")
          .arguments(Argument.key("key", 0), Argument.of("member", Type.STRING))
          .build();

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    reply(call, call.readKey(1, SortedSetValue.class), 2);
  }

  /** The score of the member in argument {@code i}, or null. */
  static void reply(Call call, @Nullable SortedSetValue set, int i) {
    Request request = call.request();
    double score =
        set == null ? Double.NaN : set.score(request.array(), request.offset(i), request.length(i));
    if (Double.isNaN(score)) {
      call.reply().nil();
    } else {
      call.reply().decimal(score);
    }
  }
}
