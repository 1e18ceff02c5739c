package io.slotcast.broker.command.set;

import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandDoc.Type;
import io.slotcast.broker.command.CommandFlag;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.command.KeySpec;
import io.slotcast.broker.command.ScanOptions;
import io.slotcast.broker.keyspace.set.SetValue;
import java.util.ArrayList;
import java.util.List;

/** SSCAN key cursor [MATCH pattern] [COUNT count]. */
final class SetScan implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("sscan", -3)
          .flags(CommandFlag.READONLY)
          .categories(AclCategory.SET)
          .tips("nondeterministic_output")
          .keys(KeySpec.one(1, KeySpec.Flag.RO, KeySpec.Flag.ACCESS))
          .doc("set", "2.8.0", "Walks through the members of a set.")
          .complexity(
              "O(1) for every call. O(N) for a complete iteration, including enough command calls for the cursor to return back to 0. N is the number of elements inside the collection..")
          .arguments(
              Argument.key("key", 0),
              Argument.of("cursor", Type.INTEGER),
              Argument.of("pattern", Type.PATTERN).withToken("MATCH").asOptional(),
              Argument.of("count", Type.INTEGER).withToken("COUNT").asOptional())
          .build();

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    long cursor = ScanOptions.cursor(call, 2);
    SetValue set = call.readKey(1, SetValue.class);
    if (set == null) {
      ScanOptions.header(call.reply(), 0, 0);
      return;
    }
    ScanOptions options = ScanOptions.parse(call, 3);
    List<byte[]> found = new ArrayList<>();
    cursor = options.walk(cursor, found, set::scan);
    found.removeIf(member -> !options.wants(member));
    ScanOptions.header(call.reply(), cursor, found.size());
    found.forEach(call.reply()::bulk);
  }
}
