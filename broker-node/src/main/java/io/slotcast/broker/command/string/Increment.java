package io.slotcast.broker.command.string;

import static io.slotcast.broker.command.CommandFlag.DENYOOM;
import static io.slotcast.broker.command.CommandFlag.FAST;
import static io.slotcast.broker.command.CommandFlag.WRITE;

import io.slotcast.broker.bytes.Decimal;
import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandDoc.Type;
import io.slotcast.broker.command.CommandException;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.command.KeySpec;
import io.slotcast.broker.keyspace.KeyEvent;
import io.slotcast.broker.keyspace.string.StringValue;
import org.jspecify.annotations.Nullable;

/**
 * INCR, DECR key and INCRBY, DECRBY key amount: adds to a string that is an integer, 0 where there
 * is no key; replies the sum. The key keeps its expiry.
 */
final class Increment implements Command {
  private final CommandSpec spec;
  private final boolean down;

  private Increment(String name, String amount, boolean down) {
    this.down = down;
    CommandSpec.Builder builder =
        CommandSpec.command(name, amount.isEmpty() ? 2 : 3)
            .flags(WRITE, DENYOOM, FAST)
            .categories(AclCategory.STRING)
            .keys(KeySpec.one(1, KeySpec.Flag.RW, KeySpec.Flag.ACCESS, KeySpec.Flag.UPDATE))
            .doc("string", "1.0.0", (down ? "Subtracts from" : "Adds to") + " an integer.")
            .arguments(Argument.key("key", 0));
    this.spec =
        (amount.isEmpty() ? builder : builder.arguments(Argument.of(amount, Type.INTEGER))).build();
  }

  static Increment incr() {
    return new Increment("incr", "", false);
  }

  static Increment decr() {
    return new Increment("decr", "", true);
  }

  static Increment incrBy() {
    return new Increment("incrby", "increment", false);
  }

  static Increment decrBy() {
    return new Increment("decrby", "decrement", true);
  }

  @Override
  public CommandSpec spec() {
    return spec;
  }

  @Override
  public void run(Call call) {
    long amount = call.request().count() == 2 ? 1 : call.longArgument(2);
    if (down && amount == Long.MIN_VALUE) {
      throw new CommandException("ERR decrement would overflow");
    }
    StringValue value = call.findKey(1, StringValue.class);
    long sum = sum(value, down ? -amount : amount);
    byte[] digits = new byte[Decimal.length(sum)];
    Decimal.write(sum, digits, 0);
    if (value == null) {
      call.putKey(1, new StringValue(digits));
    } else {
      value.set(digits, 0, digits.length);
    }
    call.changed(1, KeyEvent.INCRBY);
    call.reply().integer(sum);
  }

  private static long sum(@Nullable StringValue value, long amount) {
    if (value == null) {
      return amount;
    }
    byte[] bytes = value.bytes();
    if (!Decimal.isLong(bytes, 0, bytes.length)) {
      throw CommandException.notAnInteger();
    }
    long before = Decimal.toLong(bytes, 0, bytes.length);
    long sum = before + amount;
    if (((before ^ sum) & (amount ^ sum)) < 0) {
      throw new CommandException("ERR increment or decrement would overflow");
    }
    return sum;
  }
}
