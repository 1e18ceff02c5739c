package io.slotcast.broker.command.set;

import io.slotcast.broker.command.Command;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/** The set family. */
public final class SetCommands {
  private SetCommands() {}

  /**
   * @param maxIntegers {@code set-max-intset-entries}
   * @param random gives the random generator of the thread that asks
   */
  public static List<Command> all(LongSupplier maxIntegers, Supplier<RandomGenerator> random) {
    return List.of(
        new SetAdd(maxIntegers),
        new SetCard(),
        SetCombination.sdiff(maxIntegers),
        SetCombination.sdiffstore(maxIntegers),
        SetCombination.sinter(maxIntegers),
        new SetIntersectionCard(maxIntegers),
        SetCombination.sinterstore(maxIntegers),
        new SetIsMember(),
        new SetMembers(),
        new SetMultiIsMember(),
        new SetMove(maxIntegers),
        new SetPop(random),
        new SetRandomMember(random),
        new SetRemove(),
        new SetScan(),
        SetCombination.sunion(maxIntegers),
        SetCombination.sunionstore(maxIntegers));
  }
}
