package io.slotcast.broker.command.sortedset;

import static io.slotcast.broker.command.CommandFlag.READONLY;

import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandDoc.Type;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.command.KeySpec;
import io.slotcast.broker.command.RandomChoice;
import io.slotcast.broker.command.RandomCount;
import io.slotcast.broker.keyspace.sortedset.Ranks;
import io.slotcast.broker.keyspace.sortedset.ScoredMember;
import io.slotcast.broker.keyspace.sortedset.SortedSetValue;
import io.slotcast.broker.resp.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * ZRANDMEMBER key [count [WITHSCORES]]: one member or null; several distinct ones; or, if the count
 * is negative, so many with repetition.
 */
final class RandomMember implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("zrandmember", -2)
          .flags(READONLY)
          .categories(AclCategory.SORTEDSET)
          .tips("nondeterministic_output")
          .keys(KeySpec.one(1, KeySpec.Flag.RO, KeySpec.Flag.ACCESS))
          .doc("sorted-set", "6.2.0", "Returns random members of a sorted set.")
          .complexity("O(N) where N is the number of elements returned")
          .arguments(
              Argument.key("key", 0),
              Argument.block(
                      "options",
                      Argument.of("count", Type.INTEGER),
                      Argument.token("withscores").asOptional())
                  .asOptional())
          .build();

  /** Where so many times as many are there as are asked for, drawing again costs less than all. */
  private static final int MANY = 3;

  private final Supplier<RandomGenerator> random;

  RandomMember(Supplier<RandomGenerator> random) {
    this.random = random;
  }

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    Request request = call.request();
    if (request.count() == 2) {
      SortedSetValue set = call.readKey(1, SortedSetValue.class);
      if (set == null) {
        call.reply().nil();
      } else {
        call.reply().bulk(set.random(random.get()).member());
      }
      return;
    }
    RandomCount asked = RandomCount.parse(call, "WITHSCORES");
    replySeveral(call, asked.count(), asked.paired());
  }

  private void replySeveral(Call call, long count, boolean withScores) {
    EntryReply reply = new EntryReply(call.reply(), withScores);
    SortedSetValue set = call.readKey(1, SortedSetValue.class);
    if (set == null) {
      reply.header(0);
    } else if (count >= 0) {
      reply.entries(distinct(set, count));
    } else {
      reply.header(-count);
      for (long i = 0; i < -count; i++) {
        ScoredMember entry = set.random(random.get());
        reply.entry(entry.member(), 0, entry.member().length, entry.score());
      }
    }
  }

  /** All from the last one down, as Redis has it, where no more are there than are asked for. */
  private List<ScoredMember> distinct(SortedSetValue set, long count) {
    if (count > set.size() / MANY) {
      return RandomChoice.distinct(set.entries(set.all(), true), count, random.get());
    }
    List<ScoredMember> entries = new ArrayList<>((int) count);
    random
        .get()
        .ints(0, set.size())
        .distinct()
        .limit(count)
        .forEach(rank -> entries.addAll(set.entries(new Ranks(rank, rank + 1), false)));
    return entries;
  }
}
