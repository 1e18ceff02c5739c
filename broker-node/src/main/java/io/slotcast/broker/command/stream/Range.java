package io.slotcast.broker.command.stream;

import static io.slotcast.broker.command.CommandFlag.READONLY;

import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandDoc.Type;
import io.slotcast.broker.command.CommandException;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.command.KeySpec;
import io.slotcast.broker.keyspace.stream.StreamId;
import io.slotcast.broker.keyspace.stream.StreamValue;
import io.slotcast.broker.resp.Request;

/**
 * XRANGE key start end [COUNT count] and XREVRANGE key end start [COUNT count]: the entries between
 * two ids, both included unless written with {@code (} before them.
 */
final class Range implements Command {
  private final CommandSpec spec;
  private final boolean reverse;

  private Range(String name, String first, String second, boolean reverse) {
    this.reverse = reverse;
    this.spec =
        CommandSpec.command(name, -4)
            .flags(READONLY)
            .categories(AclCategory.STREAM)
            .keys(KeySpec.one(1, KeySpec.Flag.RO, KeySpec.Flag.ACCESS))
            .doc(
                "stream",
                "5.0.0",
                "Returns the entries between two ids" + (reverse ? ", the last one first." : "."))
            .complexity("O(N) where N is the number of entries returned.")
            .arguments(
                Argument.key("key", 0),
                Argument.of(first, Type.STRING),
                Argument.of(second, Type.STRING),
                Argument.of("count", Type.INTEGER).withToken("COUNT").asOptional())
            .build();
  }

  static Range forwards() {
    return new Range("xrange", "start", "end", false);
  }

  static Range backwards() {
    return new Range("xrevrange", "end", "start", true);
  }

  @Override
  public CommandSpec spec() {
    return spec;
  }

  @Override
  public void run(Call call) {
    Request request = call.request();
    StreamId from = IdArgument.start(request, reverse ? 3 : 2);
    StreamId to = IdArgument.end(request, reverse ? 2 : 3);
    long count = Long.MAX_VALUE;
    for (int i = 4; i < request.count(); i += 2) {
      if (!request.is(i, "COUNT") || i + 1 == request.count()) {
        throw CommandException.syntax();
      }
      count = Math.max(call.longArgument(i + 1), 0);
    }
    StreamValue stream = call.readKey(1, StreamValue.class);
    if (stream == null) {
      call.reply().array(0);
    } else if (count == 0) {
      call.reply().nilArray();
    } else {
      EntryReply.range(call.reply(), stream, from, to, count, reverse);
    }
  }
}
