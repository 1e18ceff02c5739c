package io.slotcast.broker.command.sortedset;

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
import io.slotcast.broker.command.FloatArgument;
import io.slotcast.broker.command.KeySpec;
import io.slotcast.broker.keyspace.KeyEvent;
import io.slotcast.broker.keyspace.sortedset.SortedSetValue;
import io.slotcast.broker.resp.Request;
import io.slotcast.broker.resp.RespWriter;

/**
 * ZADD key [NX|XX] [GT|LT] [CH] [INCR] score member [score member …]: replies how many members are
 * new, or with CH how many are new or have another score; with INCR, as ZINCRBY key increment
 * member does, the member's new score, or null where the conditions did not let it change.
 */
final class Add implements Command {
  private final CommandSpec spec;
  private final boolean increments;
  private final SortedSetValue.Limits limits;

  private Add(CommandSpec spec, boolean increments, SortedSetValue.Limits limits) {
    this.spec = spec;
    this.increments = increments;
    this.limits = limits;
  }

  static Add zadd(SortedSetValue.Limits limits) {
    CommandSpec spec =
        CommandSpec.command("zadd", -4)
            .flags(WRITE, DENYOOM, FAST)
            .categories(AclCategory.SORTEDSET)
            .keys(KeySpec.one(1, KeySpec.Flag.RW, KeySpec.Flag.UPDATE))
            .doc("sorted-set", "1.2.0", "Adds members to a sorted set, or gives them other scores.")
            .complexity(
                "O(log(N)) for each item added, where N is the number of elements in the sorted set.")
            .arguments(
                Argument.key("key", 0),
                Argument.oneOf("condition", Argument.token("nx"), Argument.token("xx"))
                    .asOptional(),
                Argument.oneOf("comparison", Argument.token("gt"), Argument.token("lt"))
                    .asOptional(),
                Argument.of("change", Type.PURE_TOKEN).withToken("CH").asOptional(),
                Argument.of("increment", Type.PURE_TOKEN).withToken("INCR").asOptional(),
                Argument.block(
                        "score_member",
                        Argument.of("score", Type.DOUBLE),
                        Argument.of("member", Type.STRING))
                    .asMultiple())
            .build();
    return new Add(spec, false, limits);
  }

  static Add zincrby(SortedSetValue.Limits limits) {
    CommandSpec spec =
        CommandSpec.command("zincrby", 4)
            .flags(WRITE, DENYOOM, FAST)
            .categories(AclCategory.SORTEDSET)
            .keys(KeySpec.one(1, KeySpec.Flag.RW, KeySpec.Flag.ACCESS, KeySpec.Flag.UPDATE))
            .doc("sorted-set", "1.2.0", "Adds to the score of a member of a sorted set.")
            .complexity("O(log(N)) where N is the number of elements in the sorted set.")
            .arguments(
                Argument.key("key", 0),
                Argument.of("increment", Type.INTEGER),
                Argument.of("member", Type.STRING))
            .build();
    return new Add(spec, true, limits);
  }

  @Override
  public CommandSpec spec() {
    return spec;
  }

  @Override
  public void run(Call call) {
    AddOptions options = AddOptions.parse(call, increments);
    double[] scores = new double[options.pairs()];
    for (int i = 0; i < scores.length; i++) {
      scores[i] = FloatArgument.score(call, options.firstPair() + 2 * i);
    }
    SortedSetValue set = call.findKey(1, SortedSetValue.class);
    if (set == null && !options.onlyPresent()) {
      set = new SortedSetValue(limits);
      call.putKey(1, set);
    }
    Changes changes = new Changes();
    if (set != null) {
      for (int i = 0; i < scores.length; i++) {
        changes.apply(call.request(), options.firstPair() + 2 * i + 1, scores[i], options, set);
      }
    }
    if (changes.added + changes.updated > 0) {
      call.changed(1, options.increments() ? KeyEvent.ZINCR : KeyEvent.ZADD);
    }
    reply(call.reply(), options, changes);
  }

  private static void reply(RespWriter reply, AddOptions options, Changes changes) {
    if (!options.increments()) {
      reply.integer(changes.added + (options.countsUpdates() ? changes.updated : 0));
    } else if (Double.isNaN(changes.score)) {
      reply.nil();
    } else {
      reply.decimal(changes.score);
    }
  }

  /** What has become of the pairs so far. */
  private static final class Changes {
    private int added;
    private int updated;

    /** Of the last member whom the conditions let have a score; NaN if there was none. */
    private double score = Double.NaN;

    void apply(Request request, int member, double given, AddOptions options, SortedSetValue set) {
      byte[] array = request.array();
      int offset = request.offset(member);
      int length = request.length(member);
      double before = set.score(array, offset, length);
      if (Double.isNaN(before)) {
        if (!options.onlyPresent()) {
          set.put(array, offset, length, given);
          added++;
          score = given;
        }
        return;
      }
      double after = options.increments() ? before + given : given;
      if (options.onlyAbsent()) {
        return;
      }
      if (Double.isNaN(after)) {
        throw new CommandException("ERR resulting score is not a number (NaN)");
      }
      if ((options.onlyLess() && after >= before) || (options.onlyGreater() && after <= before)) {
        return;
      }
      if (after != before) {
        set.put(array, offset, length, after);
        updated++;
      }
      score = after;
    }
  }
}
