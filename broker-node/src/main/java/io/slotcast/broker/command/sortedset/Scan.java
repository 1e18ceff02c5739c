package io.slotcast.broker.command.sortedset;

import static io.slotcast.broker.command.CommandFlag.READONLY;

import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandDoc.Type;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.command.KeySpec;
import io.slotcast.broker.command.ScanOptions;
import io.slotcast.broker.keyspace.sortedset.ScoredMember;
import io.slotcast.broker.keyspace.sortedset.SortedSetValue;
import io.slotcast.broker.resp.DoubleText;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** ZSCAN key cursor [MATCH pattern] [COUNT count]: members and their scores in turn. */
final class Scan implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("zscan", -3)
          .flags(READONLY)
          .categories(AclCategory.SORTEDSET)
          .tips("nondeterministic_output")
          .keys(KeySpec.one(1, KeySpec.Flag.RO, KeySpec.Flag.ACCESS))
          .doc("sorted-set", "2.8.0", "Walks through the members of a sorted set.")
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
    SortedSetValue set = call.readKey(1, SortedSetValue.class);
    if (set == null) {
      ScanOptions.header(call.reply(), 0, 0);
      return;
    }
    ScanOptions options = ScanOptions.parse(call, 3);
    List<ScoredMember> found = new ArrayList<>();
    ScanOptions.Step<ScoredMember> step =
        (from, entries) ->
            set.scan(
                from,
                (array, offset, length, score) ->
                    entries.accept(
                        new ScoredMember(
                            Arrays.copyOfRange(array, offset, offset + length), score)));
    long next = options.walk(cursor, found, step);
    found.removeIf(entry -> !options.wants(entry.member()));
    ScanOptions.header(call.reply(), next, found.size() * 2L);
    for (ScoredMember entry : found) {
      call.reply().bulk(entry.member());
      if (set.isPacked()) {
        call.reply().bulk(SortedSetValue.packedText(entry.score()));
      } else {
        call.reply().bulk(DoubleText.of(entry.score()));
      }
    }
  }
}
