package io.slotcast.broker.command.list;

import static io.slotcast.broker.command.CommandFlag.READONLY;

import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandDoc.Type;
import io.slotcast.broker.command.CommandException;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.command.KeySpec;
import io.slotcast.broker.keyspace.list.ListCursor;
import io.slotcast.broker.keyspace.list.ListValue;
import io.slotcast.broker.keyspace.list.ListValue.End;
import io.slotcast.broker.resp.Request;
import java.util.ArrayList;
import java.util.List;

/**
 * LPOS key element [RANK rank] [COUNT num-matches] [MAXLEN len]: the index of an equal element, or
 * null; with COUNT an array of indexes. A negative rank looks from the tail.
 */
final class ListPosition implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("lpos", -3)
          .flags(READONLY)
          .categories(AclCategory.LIST)
          .keys(KeySpec.one(1, KeySpec.Flag.RO, KeySpec.Flag.ACCESS))
          .doc("list", "6.0.6", "Returns where equal elements stand in a list.")
          .complexity(
              "O(N) where N is the number of elements in the list, for the average case. When searching for elements near the head or the tail of the list, or when the MAXLEN option is provided, the command may run in constant time.")
          .arguments(
              Argument.key("key", 0),
              Argument.of("element", Type.STRING),
              Argument.of("rank", Type.INTEGER).withToken("RANK").asOptional(),
              Argument.of("num-matches", Type.INTEGER).withToken("COUNT").asOptional(),
              Argument.of("len", Type.INTEGER).withToken("MAXLEN").asOptional())
          .build();

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    Request request = call.request();
    Search search = Search.of(call);
    ListValue list = call.readKey(1, ListValue.class);
    if (list == null) {
      if (search.many) {
        call.reply().array(0);
      } else {
        call.reply().nil();
      }
      return;
    }
    List<Long> found = search.in(list, request);
    if (search.many) {
      call.reply().array(found.size());
      found.forEach(call.reply()::integer);
    } else if (found.isEmpty()) {
      call.reply().nil();
    } else {
      call.reply().integer(found.getFirst());
    }
  }

  /** The options. */
  private static final class Search {
    private long rank = 1;
    private long count = 1;
    private long maxLength;
    private boolean many;

    static Search of(Call call) {
      Request request = call.request();
      Search search = new Search();
      for (int i = 3; i < request.count(); i += 2) {
        boolean hasValue = i + 1 < request.count();
        if (request.is(i, "RANK") && hasValue) {
          search.rank = rank(call, i + 1);
        } else if (request.is(i, "COUNT") && hasValue) {
          search.count = notNegative(call, i + 1, "ERR COUNT can't be negative");
          search.many = true;
        } else if (request.is(i, "MAXLEN") && hasValue) {
          search.maxLength = notNegative(call, i + 1, "ERR MAXLEN can't be negative");
        } else {
          throw CommandException.syntax();
        }
      }
      return search;
    }

    private static long rank(Call call, int i) {
      long rank = call.longArgument(i);
      if (rank == Long.MIN_VALUE) {
        throw new CommandException(
            "ERR value is out of range, value must between -9223372036854775807 and"
                + " 9223372036854775807");
      }
      if (rank == 0) {
        throw new CommandException(
            "ERR RANK can't be zero: use 1 to start from the first match, 2 from the second ... or"
                + " use negative to start from the end of the list");
      }
      return rank;
    }

    private static long notNegative(Call call, int i, String error) {
      Request request = call.request();
      if (!request.isLong(i) || request.toLong(i) < 0) {
        throw new CommandException(error);
      }
      return request.toLong(i);
    }

    List<Long> in(ListValue list, Request request) {
      List<Long> found = new ArrayList<>();
      boolean fromTail = rank < 0;
      long skip = Math.abs(rank) - 1;
      long looked = 0;
      ListCursor cursor = list.cursor(fromTail ? End.RIGHT : End.LEFT);
      while (cursor.isValid()
          && (maxLength == 0 || looked < maxLength)
          && (count == 0 || found.size() < count)) {
        if (cursor.matches(request.array(), request.offset(2), request.length(2)) && --skip < 0) {
          found.add(fromTail ? list.size() - 1 - looked : looked);
        }
        looked++;
        if (fromTail) {
          cursor.previous();
        } else {
          cursor.next();
        }
      }
      return found;
    }
  }
}
