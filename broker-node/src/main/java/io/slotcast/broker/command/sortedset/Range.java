package io.slotcast.broker.command.sortedset;

import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.keyspace.sortedset.SortedSetValue;
import org.jspecify.annotations.Nullable;

/**
 * ZRANGE key start stop [BYSCORE|BYLEX] [REV] [LIMIT offset count] [WITHSCORES], and the older
 * commands of which each is one kind of it.
 */
final class Range implements Command {
  private final CommandSpec spec;

  /** What the name says; null for ZRANGE. */
  private final RangeQuery.@Nullable Fixed fixed;

  private Range(CommandSpec spec, RangeQuery.@Nullable Fixed fixed) {
    this.spec = spec;
    this.fixed = fixed;
  }

  static Range zrange() {
    return new Range(RangeSpecs.ZRANGE, null);
  }

  static Range zrevrange() {
    return new Range(RangeSpecs.ZREVRANGE, new RangeQuery.Fixed(RangeQuery.By.RANK, true));
  }

  static Range zrangebyscore() {
    return new Range(RangeSpecs.ZRANGEBYSCORE, new RangeQuery.Fixed(RangeQuery.By.SCORE, false));
  }

  static Range zrevrangebyscore() {
    return new Range(RangeSpecs.ZREVRANGEBYSCORE, new RangeQuery.Fixed(RangeQuery.By.SCORE, true));
  }

  static Range zrangebylex() {
    return new Range(RangeSpecs.ZRANGEBYLEX, new RangeQuery.Fixed(RangeQuery.By.MEMBER, false));
  }

  static Range zrevrangebylex() {
    return new Range(RangeSpecs.ZREVRANGEBYLEX, new RangeQuery.Fixed(RangeQuery.By.MEMBER, true));
  }

  @Override
  public CommandSpec spec() {
    return spec;
  }

  @Override
  public void run(Call call) {
    RangeQuery query = RangeQuery.parse(call, 1, fixed, false);
    SortedSetValue set = call.readKey(1, SortedSetValue.class);
    if (set == null) {
      call.reply().array(0);
    } else {
      EntryReply reply = new EntryReply(call.reply(), query.withScores());
      reply.ranks(set, query.in(set), query.reverse());
    }
  }
}
