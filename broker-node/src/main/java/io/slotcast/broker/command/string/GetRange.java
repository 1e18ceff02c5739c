package io.slotcast.broker.command.string;

import static io.slotcast.broker.command.CommandFlag.READONLY;

import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandDoc.Type;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.command.KeySpec;
import io.slotcast.broker.keyspace.string.StringValue;

/**
 * GETRANGE key start end, by its old name SUBSTR: the bytes between two indexes, both included;
 * negative ones count from the end.
 */
final class GetRange implements Command {
  private final CommandSpec spec;

  private GetRange(CommandSpec spec) {
    this.spec = spec;
  }

  static GetRange getrange() {
    return new GetRange(
        CommandSpec.command("getrange", 4)
            .flags(READONLY)
            .categories(AclCategory.STRING)
            .keys(KeySpec.one(1, KeySpec.Flag.RO, KeySpec.Flag.ACCESS))
            .doc("string", "2.4.0", "Returns part of the string of a key.")
            .complexity(
                "O(N) where N is the length of the returned string. The complexity is "
                    + "ultimately determined by the returned length, but because creating a "
                    + "substring from an existing string is very cheap, it can be considered "
                    + "O(1) for small strings.")
            .arguments(
                Argument.key("key", 0),
                Argument.of("start", Type.INTEGER),
                Argument.of("end", Type.INTEGER))
            .build());
  }

  static GetRange substr() {
    return new GetRange(
        CommandSpec.command("substr", 4)
            .flags(READONLY)
            .categories(AclCategory.STRING)
            .keys(KeySpec.one(1, KeySpec.Flag.RO, KeySpec.Flag.ACCESS))
            .doc(
                "string", "1.0.0", "Returns part of the string of a key; GETRANGE by its old name.")
            .complexity(
                "O(N) where N is the length of the returned string. The complexity is "
                    + "ultimately determined by the returned length, but because creating a "
                    + "substring from an existing string is very cheap, it can be considered "
                    + "O(1) for small strings.")
            .arguments(
                Argument.key("key", 0),
                Argument.of("start", Type.INTEGER),
                Argument.of("end", Type.INTEGER))
            .build());
  }

  @Override
  public CommandSpec spec() {
    return spec;
  }

  @Override
  public void run(Call call) {
    long start = call.longArgument(2);
    long end = call.longArgument(3);
    StringValue value = call.readKey(1, StringValue.class);
    int length = value == null ? 0 : value.bytes().length;
    if (value == null || (start < 0 && end < 0 && start > end)) {
      call.reply().bulk("");
      return;
    }
    start = Math.max(start < 0 ? start + length : start, 0);
    end = Math.min(Math.max(end < 0 ? end + length : end, 0), length - 1);
    if (start > end || length == 0) {
      call.reply().bulk("");
    } else {
      call.reply().bulk(value.bytes(), (int) start, (int) (end - start + 1));
    }
  }
}
