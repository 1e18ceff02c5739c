package io.slotcast.broker.command.generic;

import static io.slotcast.broker.command.CommandFlag.READONLY;

import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.keyspace.Slot;
import io.slotcast.broker.keyspace.SlotTable;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** RANDOMKEY: one of this node's keys, or null. */
final class RandomKey implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("randomkey", 1)
          .flags(READONLY)
          .categories(AclCategory.KEYSPACE)
          .tips("request_policy:all_shards", "nondeterministic_output")
          .doc("generic", "1.0.0", "Returns one of the keys of this node at random.")
          .build();

  private final SlotTable slots;
  private final Supplier<RandomGenerator> random;

  RandomKey(SlotTable slots, Supplier<RandomGenerator> random) {
    this.slots = slots;
    this.random = random;
  }

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    Choice choice = new Choice(random.get(), call.nowMillis());
    slots.forEach(choice::look);
    if (choice.key == null) {
      call.reply().nil();
    } else {
      call.reply().bulk(choice.key);
    }
  }

  /** Takes a key of each slot in turn in place of the one before, as likely as the slot is full. */
  private static final class Choice {
    private final RandomGenerator generator;
    private final long nowMillis;
    private long seen;
    private byte @Nullable [] key;

    Choice(RandomGenerator generator, long nowMillis) {
      this.generator = generator;
      this.nowMillis = nowMillis;
    }

    void look(Slot slot) {
      int count = slot.keys().count();
      if (count == 0) {
        return;
      }
      seen += count;
      if (key == null || generator.nextLong(seen) < count) {
        byte[] found = slot.keys().random(generator, nowMillis);
        key = found == null ? key : found;
      }
    }
  }
}
