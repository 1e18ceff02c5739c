package io.slotcast.broker.command.memory;

import static io.slotcast.broker.command.CommandFlag.READONLY;

import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandDoc.Type;
import io.slotcast.broker.command.CommandException;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.command.KeySpec;
import io.slotcast.broker.keyspace.SlotMemory;
import io.slotcast.broker.keyspace.Value;
import io.slotcast.broker.resp.Request;

/** USAGE key [SAMPLES count]: how much memory a key and its value take, about; or null. */
final class MemoryUsage implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("usage", -3)
          .flags(READONLY)
          .keys(KeySpec.one(2, KeySpec.Flag.RO))
          .doc("server", "4.0.0", "Estimates how much memory a key takes.")
          .complexity("O(N) where N is the number of samples.")
          .arguments(
              Argument.key("key", 0),
              Argument.of("count", Type.INTEGER).withToken("SAMPLES").asOptional())
          .build();

  private static final long USUAL_SAMPLES = 5;

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    long samples = samples(call);
    Value value = call.lookAtKey(2);
    if (value == null) {
      call.reply().nil();
      return;
    }
    call.reply().integer(SlotMemory.footprint(call.request().length(2), value, samples));
  }

  private static long samples(Call call) {
    Request request = call.request();
    long samples = USUAL_SAMPLES;
    for (int i = 3; i < request.count(); i++) {
      if (!request.is(i, "SAMPLES") || i + 1 == request.count()) {
        throw CommandException.syntax();
      }
      samples = call.longArgument(++i);
      if (samples < 0) {
        throw CommandException.syntax();
      }
    }
    return samples == 0 ? Long.MAX_VALUE : samples;
  }
}
