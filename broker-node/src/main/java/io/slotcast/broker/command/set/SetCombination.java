package io.slotcast.broker.command.set;

import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandFlag;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.command.KeySpec;
import io.slotcast.broker.keyspace.KeyEvent;
import io.slotcast.broker.keyspace.set.SetValue;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** SINTER, SUNION, SDIFF key [key …] and their STORE forms, which put the result under a key. */
final class SetCombination implements Command {
  private final CommandSpec spec;
  private final SetOperation operation;
  private final boolean stores;
  private final LongSupplier maxIntegers;

  private SetCombination(
      CommandSpec spec, SetOperation operation, boolean stores, LongSupplier maxIntegers) {
    this.spec = spec;
    this.operation = operation;
    this.stores = stores;
    this.maxIntegers = maxIntegers;
  }

  static SetCombination sinter(LongSupplier maxIntegers) {
    CommandSpec spec =
        CommandSpec.command("sinter", -2)
            .flags(CommandFlag.READONLY)
            .categories(AclCategory.SET)
            .tips("nondeterministic_output_order")
            .keys(KeySpec.range(1, -1, 1, KeySpec.Flag.RO, KeySpec.Flag.ACCESS))
            .doc("set", "1.0.0", "Returns the members that all of several sets have.")
            .complexity(
                "O(N*M) worst case where N is the cardinality of the smallest set and M is the number of sets.")
            .arguments(Argument.key("key", 0).asMultiple())
            .build();
    return new SetCombination(spec, SetOperation.INTERSECTION, false, maxIntegers);
  }

  static SetCombination sinterstore(LongSupplier maxIntegers) {
    CommandSpec spec =
        CommandSpec.command("sinterstore", -3)
            .flags(CommandFlag.WRITE, CommandFlag.DENYOOM)
            .categories(AclCategory.SET)
            .keys(
                KeySpec.one(1, KeySpec.Flag.RW, KeySpec.Flag.UPDATE),
                KeySpec.range(2, -1, 1, KeySpec.Flag.RO, KeySpec.Flag.ACCESS))
            .doc("set", "1.0.0", "Stores the members that all of several sets have.")
            .complexity(
                "O(N*M) worst case where N is the cardinality of the smallest set and M is the number of sets.")
            .arguments(Argument.key("destination", 0), Argument.key("key", 1).asMultiple())
            .build();
    return new SetCombination(spec, SetOperation.INTERSECTION, true, maxIntegers);
  }

  static SetCombination sunion(LongSupplier maxIntegers) {
    CommandSpec spec =
        CommandSpec.command("sunion", -2)
            .flags(CommandFlag.READONLY)
            .categories(AclCategory.SET)
            .tips("nondeterministic_output_order")
            .keys(KeySpec.range(1, -1, 1, KeySpec.Flag.RO, KeySpec.Flag.ACCESS))
            .doc("set", "1.0.0", "Returns the members that any of several sets has.")
            .complexity("O(N) where N is the total number of elements in all given sets.")
            .arguments(Argument.key("key", 0).asMultiple())
            .build();
    return new SetCombination(spec, SetOperation.UNION, false, maxIntegers);
  }

  static SetCombination sunionstore(LongSupplier maxIntegers) {
    CommandSpec spec =
        CommandSpec.command("sunionstore", -3)
            .flags(CommandFlag.WRITE, CommandFlag.DENYOOM)
            .categories(AclCategory.SET)
            .keys(
                KeySpec.one(1, KeySpec.Flag.OW, KeySpec.Flag.UPDATE),
                KeySpec.range(2, -1, 1, KeySpec.Flag.RO, KeySpec.Flag.ACCESS))
            .doc("set", "1.0.0", "Stores the members that any of several sets has.")
            .complexity("O(N) where N is the total number of elements in all given sets.")
            .arguments(Argument.key("destination", 0), Argument.key("key", 1).asMultiple())
            .build();
    return new SetCombination(spec, SetOperation.UNION, true, maxIntegers);
  }

  static SetCombination sdiff(LongSupplier maxIntegers) {
    CommandSpec spec =
        CommandSpec.command("sdiff", -2)
            .flags(CommandFlag.READONLY)
            .categories(AclCategory.SET)
            .tips("nondeterministic_output_order")
            .keys(KeySpec.range(1, -1, 1, KeySpec.Flag.RO, KeySpec.Flag.ACCESS))
            .doc("set", "1.0.0", "Returns the members of a set that others do not have.")
            .complexity("O(N) where N is the total number of elements in all given sets.")
            .arguments(Argument.key("key", 0).asMultiple())
            .build();
    return new SetCombination(spec, SetOperation.DIFFERENCE, false, maxIntegers);
  }

  static SetCombination sdiffstore(LongSupplier maxIntegers) {
    CommandSpec spec =
        CommandSpec.command("sdiffstore", -3)
            .flags(CommandFlag.WRITE, CommandFlag.DENYOOM)
            .categories(AclCategory.SET)
            .keys(
                KeySpec.one(1, KeySpec.Flag.OW, KeySpec.Flag.UPDATE),
                KeySpec.range(2, -1, 1, KeySpec.Flag.RO, KeySpec.Flag.ACCESS))
            .doc("set", "1.0.0", "Stores the members of a set that others do not have.")
            .complexity("O(N) where N is the total number of elements in all given sets.")
            .arguments(Argument.key("destination", 0), Argument.key("key", 1).asMultiple())
            .build();
    return new SetCombination(spec, SetOperation.DIFFERENCE, true, maxIntegers);
  }

  @Override
  public CommandSpec spec() {
    return spec;
  }

  @Override
  public void run(Call call) {
    int firstKey = stores ? 2 : 1;
    List<@Nullable SetValue> inputs = inputs(call, firstKey, call.request().count() - firstKey);
    SetValue result = operation.apply(inputs, new SetValue(maxIntegers.getAsLong()));
    if (stores) {
      store(call, result, KeyEvent.of(spec.name()));
    } else {
      SetMembers.reply(call.reply(), result);
    }
  }

  /** The sets of so many keys; null where there is none. */
  static List<@Nullable SetValue> inputs(Call call, int firstKey, int count) {
    List<@Nullable SetValue> inputs = new ArrayList<>();
    for (int i = firstKey; i < firstKey + count; i++) {
      inputs.add(call.readKey(i, SetValue.class));
    }
    return inputs;
  }

  private static void store(Call call, SetValue result, KeyEvent event) {
    call.storeResult(1, result.size() == 0 ? null : result, event);
    call.reply().integer(result.size());
  }
}
