package io.slotcast.broker.command.string;

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
import io.slotcast.broker.keyspace.KeyEvent;
import io.slotcast.broker.keyspace.string.StringValue;
import io.slotcast.broker.resp.Request;
import java.util.Arrays;
import java.util.function.LongSupplier;

/** APPEND key value: adds bytes to the end of a string; replies its length after it. */
final class Append implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("append", 3)
          .flags(WRITE, DENYOOM, FAST)
          .categories(AclCategory.STRING)
          .keys(KeySpec.one(1, KeySpec.Flag.RW, KeySpec.Flag.INSERT))
          .doc("string", "2.0.0", "Adds bytes to the end of the string of a key.")
          .complexity("O(N) where N is the length of the string after it.")
          .arguments(Argument.key("key", 0), Argument.of("value", Type.STRING))
          .build();

  private final LongSupplier maxLength;

  /**
   * @param maxLength {@code proto-max-bulk-len}
   */
  Append(LongSupplier maxLength) {
    this.maxLength = maxLength;
  }

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    Request request = call.request();
    StringValue value = call.findKey(1, StringValue.class);
    if (value == null) {
      value = new StringValue(request.bytes(2));
      call.putKey(1, value);
    } else {
      byte[] before = value.bytes();
      long length = before.length + (long) request.length(2);
      if (length > maxLength.getAsLong()) {
        throw new CommandException("ERR string exceeds maximum allowed size (proto-max-bulk-len)");
      }
      byte[] after = Arrays.copyOf(before, (int) length);
      System.arraycopy(request.array(), request.offset(2), after, before.length, request.length(2));
      value.edit(after);
    }
    call.changed(1, KeyEvent.APPEND);
    call.reply().integer(value.bytes().length);
  }
}
