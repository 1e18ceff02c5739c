package io.slotcast.broker.command.stream;

import static io.slotcast.broker.command.CommandFlag.DENYOOM;
import static io.slotcast.broker.command.CommandFlag.FAST;
import static io.slotcast.broker.command.CommandFlag.WRITE;

import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandDoc.Type;
import io.slotcast.broker.command.CommandException;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.command.KeySpec;
import io.slotcast.broker.keyspace.stream.Producers;
import io.slotcast.broker.keyspace.stream.StreamValue;
import io.slotcast.broker.resp.Request;
import org.jspecify.annotations.Nullable;

/**
 * XCFGSET key [IDMP-DURATION seconds] [IDMP-MAXSIZE count]: for how long, and how many of each
 * producer, a stream knows the ids of idempotent XADDs. A change forgets those that it knows.
 */
final class ConfigureStream implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("xcfgset", -2)
          .flags(WRITE, DENYOOM, FAST)
          .categories(AclCategory.STREAM)
          .keys(KeySpec.one(1, KeySpec.Flag.RW, KeySpec.Flag.UPDATE))
          .doc("stream", "8.6.0", "Sets how long a stream knows the ids of idempotent additions.")
          .arguments(
              Argument.key("key", 0),
              Argument.of("duration", Type.INTEGER).withToken("IDMP-DURATION").asOptional(),
              Argument.of("maxsize", Type.INTEGER).withToken("IDMP-MAXSIZE").asOptional())
          .build();

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  /** Null for what stays as it is. */
  private record Options(@Nullable Long seconds, @Nullable Long ids) {}

  @Override
  public void run(Call call) {
    Options options = options(call);
    StreamValue stream = call.findKey(1, StreamValue.class);
    if (stream == null) {
      throw new CommandException("ERR no such key");
    }
    Producers producers = stream.makeProducers();
    producers.configure(
        options.seconds() == null ? producers.seconds() : options.seconds(),
        options.ids() == null ? producers.ids() : options.ids());
    call.changed(1);
    call.reply().ok();
  }

  private static Options options(Call call) {
    Request request = call.request();
    if (request.count() == 2) {
      throw new CommandException("ERR At least one parameter must be specified");
    }
    Long seconds = null;
    Long ids = null;
    for (int i = 2; i < request.count(); i += 2) {
      boolean hasMore = i + 1 < request.count();
      if (hasMore && request.is(i, "IDMP-DURATION")) {
        seconds = within(call, i, Producers.MOST_SECONDS, "seconds");
      } else if (hasMore && request.is(i, "IDMP-MAXSIZE")) {
        ids = within(call, i, Producers.MOST_IDS, "entries");
      } else {
        throw CommandException.syntax();
      }
    }
    return new Options(seconds, ids);
  }

  private static long within(Call call, int i, long most, String unit) {
    long value = call.longArgument(i + 1);
    if (value < 1 || value > most) {
      String option = call.request().is(i, "IDMP-MAXSIZE") ? "IDMP-MAXSIZE" : "IDMP-DURATION";
      throw new CommandException("ERR " + option + " must be between 1 and " + most + " " + unit);
    }
    return value;
  }
}
