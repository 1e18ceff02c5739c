package io.slotcast.broker.command.string;

import static io.slotcast.broker.command.CommandFlag.DENYOOM;
import static io.slotcast.broker.command.CommandFlag.WRITE;

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
import io.slotcast.broker.resp.Request;
import java.util.Arrays;
import java.util.function.LongSupplier;

/**
 * SETRANGE key offset value: overwrites part of a string, which grows as it must, zeros before;
 * replies its length after it.
 */
final class SetRange implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("setrange", 4)
          .flags(WRITE, DENYOOM)
          .categories(AclCategory.STRING)
          .keys(KeySpec.one(1, KeySpec.Flag.RW, KeySpec.Flag.UPDATE))
          .doc("string", "2.2.0", "Overwrites part of the string of a key.")
          .complexity(
              "O(1), not counting the time taken to copy the new string in place. "
                  + "Usually, this string is very small so the amortized complexity is "
                  + "O(1). Otherwise, complexity is O(M) with M being the length of the "
                  + "value argument.")
          .arguments(
              Argument.key("key", 0),
              Argument.of("offset", Type.INTEGER),
              Argument.of("value", Type.STRING))
          .build();

  private final LongSupplier maxLength;

  /**
   * @param maxLength {@code proto-max-bulk-len}
   */
  SetRange(LongSupplier maxLength) {
    this.maxLength = maxLength;
  }

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    Request request = call.request();
    long offset = call.longArgument(2);
    if (offset < 0) {
      throw new CommandException("ERR offset is out of range");
    }
    int length = request.length(3);
    StringValue value = call.findKey(1, StringValue.class);
    byte[] before = value == null ? new byte[0] : value.bytes();
    if (length == 0) {
      call.reply().integer(before.length);
      return;
    }
    if (offset > maxLength.getAsLong() - length) {
      throw new CommandException("ERR string exceeds maximum allowed size (proto-max-bulk-len)");
    }
    byte[] after = Arrays.copyOf(before, Math.max(before.length, (int) offset + length));
    System.arraycopy(request.array(), request.offset(3), after, (int) offset, length);
    if (value == null) {
      value = new StringValue(new byte[0]);
      call.putKey(1, value);
    }
    value.edit(after);
    call.changed(1, KeyEvent.SETRANGE);
    call.reply().integer(after.length);
  }
}
