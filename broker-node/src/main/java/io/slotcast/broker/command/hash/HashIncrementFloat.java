package io.slotcast.broker.command.hash;

import io.slotcast.broker.bytes.ExtendedDouble;
import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandDoc.Type;
import io.slotcast.broker.command.CommandException;
import io.slotcast.broker.command.CommandFlag;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.command.FloatArgument;
import io.slotcast.broker.command.KeySpec;
import io.slotcast.broker.effect.Words;
import io.slotcast.broker.keyspace.KeyEvent;
import io.slotcast.broker.keyspace.hash.HashValue;
import io.slotcast.broker.resp.Request;
import java.math.BigDecimal;
import java.util.function.Supplier;

/** HINCRBYFLOAT key field increment: replies the sum. Recorded as the HSET that it comes to. */
final class HashIncrementFloat implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("hincrbyfloat", 4)
          .flags(CommandFlag.WRITE, CommandFlag.DENYOOM, CommandFlag.FAST)
          .categories(AclCategory.HASH)
          .keys(KeySpec.one(1, KeySpec.Flag.RW, KeySpec.Flag.ACCESS, KeySpec.Flag.UPDATE))
          .doc("hash", "2.6.0", "Adds to a number in a field of a hash.")
          .arguments(
              Argument.key("key", 0),
              Argument.of("field", Type.STRING),
              Argument.of("increment", Type.DOUBLE))
          .build();

  private final Supplier<HashValue.Limits> limits;

  HashIncrementFloat(Supplier<HashValue.Limits> limits) {
    this.limits = limits;
  }

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    Request request = call.request();
    BigDecimal amount = FloatArgument.finite(call, 3);
    HashValue hash = call.findKey(1, HashValue.class);
    byte[] field = request.bytes(2);
    byte[] before = hash == null ? null : hash.get(field);
    BigDecimal number =
        before == null ? BigDecimal.ZERO : ExtendedDouble.parse(before, 0, before.length);
    if (number == null) {
      throw new CommandException("ERR hash value is not a float");
    }
    byte[] sum = FloatArgument.sum(number, amount);
    HashSet.findOrCreate(call, limits).update(field, sum);
    call.effect(Words.of("HSET"), request.bytes(1), field, sum);
    call.changed(1, KeyEvent.HINCRBYFLOAT);
    call.reply().bulk(sum);
  }
}
