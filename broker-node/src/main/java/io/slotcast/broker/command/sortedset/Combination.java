package io.slotcast.broker.command.sortedset;

import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandException;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.keyspace.KeyEvent;
import io.slotcast.broker.keyspace.sortedset.ScoredMember;
import io.slotcast.broker.keyspace.sortedset.SortedSetValue;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * ZUNION, ZINTER, ZDIFF numkeys key [key …] [WEIGHTS weight [weight …]] [AGGREGATE SUM|MIN|MAX]
 * [WITHSCORES] (the difference without weights and aggregate) and their STORE forms, which put the
 * result under a key.
 */
final class Combination implements Command {
  private final CommandSpec spec;
  private final Operation operation;

  /** Null for those that reply what comes out. */
  private final SortedSetValue.@Nullable Limits limits;

  private Combination(
      CommandSpec spec, Operation operation, SortedSetValue.@Nullable Limits limits) {
    this.spec = spec;
    this.operation = operation;
    this.limits = limits;
  }

  static List<Command> all(SortedSetValue.Limits limits) {
    return List.of(
        new Combination(CombinationSpecs.ZUNION, Operation.UNION, null),
        new Combination(CombinationSpecs.ZINTER, Operation.INTERSECTION, null),
        new Combination(CombinationSpecs.ZDIFF, Operation.DIFFERENCE, null),
        new Combination(CombinationSpecs.ZUNIONSTORE, Operation.UNION, limits),
        new Combination(CombinationSpecs.ZINTERSTORE, Operation.INTERSECTION, limits),
        new Combination(CombinationSpecs.ZDIFFSTORE, Operation.DIFFERENCE, limits));
  }

  @Override
  public CommandSpec spec() {
    return spec;
  }

  @Override
  public void run(Call call) {
    int numKeys = limits == null ? 1 : 2;
    List<Input> inputs = inputs(call, numKeys, spec.name());
    CombinationOptions options =
        CombinationOptions.parse(
            call, inputs, numKeys + 1 + inputs.size(), operation, limits != null);
    List<ScoredMember> result = operation.apply(options.inputs(), options.aggregate());
    if (limits != null) {
      RangeStore.store(call, result, limits, KeyEvent.of(spec.name()));
    } else {
      result.sort(ScoredMember.ORDER);
      new EntryReply(call.reply(), options.withScores()).entries(result);
    }
  }

  /** The inputs, as many as the argument {@code i} says, whose keys stand behind it. */
  static List<Input> inputs(Call call, int i, String name) {
    long count = call.longArgument(i);
    if (count < 1) {
      throw new CommandException("ERR at least 1 input key is needed for '" + name + "' command");
    }
    if (count > call.request().count() - i - 1) {
      throw CommandException.syntax();
    }
    return Input.read(call, i + 1, (int) count);
  }
}
