package io.slotcast.broker.command.hash;

import io.slotcast.broker.bytes.Decimal;
import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandDoc.Type;
import io.slotcast.broker.command.CommandException;
import io.slotcast.broker.command.CommandFlag;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.command.KeySpec;
import io.slotcast.broker.keyspace.KeyEvent;
import io.slotcast.broker.keyspace.hash.HashValue;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** HINCRBY key field increment: replies the sum; a field that is not there counts as 0. */
final class HashIncrement implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("hincrby", 4)
          .flags(CommandFlag.WRITE, CommandFlag.DENYOOM, CommandFlag.FAST)
          .categories(AclCategory.HASH)
          .keys(KeySpec.one(1, KeySpec.Flag.RW, KeySpec.Flag.ACCESS, KeySpec.Flag.UPDATE))
          .doc("hash", "2.0.0", "Adds to an integer in a field of a hash.")
          .arguments(
              Argument.key("key", 0),
              Argument.of("field", Type.STRING),
              Argument.of("increment", Type.INTEGER))
          .build();

  private final Supplier<HashValue.Limits> limits;

  HashIncrement(Supplier<HashValue.Limits> limits) {
    this.limits = limits;
  }

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    long amount = call.longArgument(3);
    HashValue hash = call.findKey(1, HashValue.class);
    byte[] field = call.request().bytes(2);
    byte[] before = hash == null ? null : hash.get(field);
    long sum = sum(before, amount);
    HashSet.findOrCreate(call, limits).update(field, Decimal.bytes(sum));
    call.changed(1, KeyEvent.HINCRBY);
    call.reply().integer(sum);
  }

  private static long sum(byte @Nullable [] before, long amount) {
    if (before == null) {
      return amount;
    }
    if (!Decimal.isLong(before, 0, before.length)) {
      throw new CommandException("ERR hash value is not an integer");
    }
    long number = Decimal.toLong(before, 0, before.length);
    long sum = number + amount;
    if (((number ^ sum) & (amount ^ sum)) < 0) {
      throw new CommandException("ERR increment or decrement would overflow");
    }
    return sum;
  }
}
