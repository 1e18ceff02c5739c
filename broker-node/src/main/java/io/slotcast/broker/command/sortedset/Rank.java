package io.slotcast.broker.command.sortedset;

import static io.slotcast.broker.command.CommandFlag.FAST;
import static io.slotcast.broker.command.CommandFlag.READONLY;

import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandDoc.Type;
import io.slotcast.broker.command.CommandException;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.command.KeySpec;
import io.slotcast.broker.keyspace.sortedset.SortedSetValue;
import io.slotcast.broker.resp.Request;
import io.slotcast.broker.resp.RespWriter;

/**
 * ZRANK and ZREVRANK key member [WITHSCORE]: how many members stand before it, or behind it; null
 * if it is not there.
 */
final class Rank implements Command {
  private final CommandSpec spec;
  private final boolean reverse;

  private Rank(String name, boolean reverse, String summary) {
    this.reverse = reverse;
    this.spec =
        CommandSpec.command(name, -3)
            .flags(READONLY, FAST)
            .categories(AclCategory.SORTEDSET)
            .keys(KeySpec.one(1, KeySpec.Flag.RO, KeySpec.Flag.ACCESS))
            .doc("sorted-set", "2.0.0", summary)
            .complexity("O(log(N))")
            .arguments(
                Argument.key("key", 0),
                Argument.of("member", Type.STRING),
                Argument.token("withscore").asOptional())
            .build();
  }

  static Rank zrank() {
    return new Rank("zrank", false, "Returns the place of a member, from the lowest score on.");
  }

  static Rank zrevrank() {
    return new Rank("zrevrank", true, "Returns the place of a member, from the highest score on.");
  }

  @Override
  public CommandSpec spec() {
    return spec;
  }

  @Override
  public void run(Call call) {
    Request request = call.request();
    if (request.count() > 4) {
      throw CommandException.wrongNumberOfArguments(spec.name());
    }
    boolean withScore = request.count() == 4;
    if (withScore && !request.is(3, "WITHSCORE")) {
      throw CommandException.syntax();
    }
    SortedSetValue set = call.readKey(1, SortedSetValue.class);
    int rank = set == null ? -1 : set.rank(request.array(), request.offset(2), request.length(2));
    if (set == null || rank < 0) {
      replyNull(call.reply(), withScore);
      return;
    }
    if (withScore) {
      call.reply().array(2);
    }
    call.reply().integer(reverse ? set.size() - 1 - rank : rank);
    if (withScore) {
      Score.reply(call, set, 2);
    }
  }

  private static void replyNull(RespWriter reply, boolean insteadOfArray) {
    if (insteadOfArray) {
      reply.nilArray();
    } else {
      reply.nil();
    }
  }
}
