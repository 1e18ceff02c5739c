package io.slotcast.broker.command.string;

import static io.slotcast.broker.command.CommandFlag.DENYOOM;
import static io.slotcast.broker.command.CommandFlag.FAST;
import static io.slotcast.broker.command.CommandFlag.WRITE;

import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandDoc.Type;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.command.FloatArgument;
import io.slotcast.broker.command.KeySpec;
import io.slotcast.broker.effect.Words;
import io.slotcast.broker.keyspace.KeyEvent;
import io.slotcast.broker.keyspace.string.StringValue;
import java.math.BigDecimal;

/**
 * INCRBYFLOAT key increment: adds to a number with a fraction and replies the sum. Recorded as the
 * SET that it comes to.
 */
final class IncrementFloat implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("incrbyfloat", 3)
          .flags(WRITE, DENYOOM, FAST)
          .categories(AclCategory.STRING)
          .keys(KeySpec.one(1, KeySpec.Flag.RW, KeySpec.Flag.ACCESS, KeySpec.Flag.UPDATE))
          .doc("string", "2.6.0", "Adds to a number with a fraction.")
          .arguments(Argument.key("key", 0), Argument.of("increment", Type.DOUBLE))
          .build();

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    StringValue value = call.findKey(1, StringValue.class);
    byte[] before = value == null ? new byte[] {'0'} : value.bytes();
    BigDecimal number = FloatArgument.summand(before);
    byte[] sum = FloatArgument.sum(number, FloatArgument.summand(call.request().bytes(2)));
    if (value == null) {
      call.putKey(1, new StringValue(sum));
    } else {
      value.set(sum, 0, sum.length);
    }
    call.effect(Words.SET, call.request().bytes(1), sum, Words.of("KEEPTTL"));
    call.changed(1, KeyEvent.INCRBYFLOAT);
    call.reply().bulk(sum);
  }
}
