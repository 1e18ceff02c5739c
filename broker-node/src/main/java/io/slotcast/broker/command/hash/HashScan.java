package io.slotcast.broker.command.hash;

import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandDoc.Type;
import io.slotcast.broker.command.CommandFlag;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.command.KeySpec;
import io.slotcast.broker.command.ScanOptions;
import io.slotcast.broker.keyspace.hash.HashValue;
import java.util.ArrayList;
import java.util.List;

/** HSCAN key cursor [MATCH pattern] [COUNT count]: fields and values in turn. */
final class HashScan implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("hscan", -3)
          .flags(CommandFlag.READONLY)
          .categories(AclCategory.HASH)
          .tips("nondeterministic_output")
          .keys(KeySpec.one(1, KeySpec.Flag.RO, KeySpec.Flag.ACCESS))
          .doc("hash", "2.8.0", "Walks through the fields of a hash.")
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

  private record Pair(byte[] field, byte[] value) {}

  @Override
  public void run(Call call) {
    long cursor = ScanOptions.cursor(call, 2);
    HashValue hash = call.readKey(1, HashValue.class);
    if (hash == null) {
      ScanOptions.header(call.reply(), 0, 0);
      return;
    }
    ScanOptions options = ScanOptions.parse(call, 3);
    List<Pair> found = new ArrayList<>();
    ScanOptions.Step<Pair> step =
        (from, pairs) -> hash.scan(from, (field, value) -> pairs.accept(new Pair(field, value)));
    long next = options.walk(cursor, found, step);
    found.removeIf(pair -> !options.wants(pair.field()));
    ScanOptions.header(call.reply(), next, found.size() * 2L);
    for (Pair pair : found) {
      call.reply().bulk(pair.field());
      call.reply().bulk(pair.value());
    }
  }
}
