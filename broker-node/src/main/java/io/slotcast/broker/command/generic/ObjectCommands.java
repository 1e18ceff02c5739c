package io.slotcast.broker.command.generic;

import static io.slotcast.broker.command.CommandFlag.READONLY;

import io.slotcast.broker.bytes.Decimal;
import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandException;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.command.ContainerCommand;
import io.slotcast.broker.command.KeySpec;
import io.slotcast.broker.keyspace.KeyUse;
import io.slotcast.broker.keyspace.Value;
import io.slotcast.broker.keyspace.string.StringValue;
import java.util.List;

/** OBJECT ENCODING, FREQ, IDLETIME and REFCOUNT of a key; null where there is none. */
final class ObjectCommands {
  private static final String SWITCHING =
      " Please note that when switching between policies at runtime LRU and LFU data will take some"
          + " time to adjust.";

  /** What Redis says of an object that many keys share, as it does with small integers. */
  private static final long SHARED = Integer.MAX_VALUE;

  private static final long SHARED_INTEGERS = 10_000;

  private ObjectCommands() {}

  static Command command(KeyUse use) {
    CommandSpec container =
        CommandSpec.command("object", -2)
            .doc("generic", "2.2.3", "A container for commands that look into values.")
            .complexity("Depends on subcommand.")
            .build();
    return new ContainerCommand(
        container,
        List.of(
            new Inspection(
                "encoding",
                "2.2.3",
                "Tells how a value is stored.",
                (call, value) -> call.reply().bulk(value.encoding())),
            new Inspection(
                "freq",
                "4.0.0",
                "Tells how often a key is used, as a logarithm.",
                (call, value) -> replyFrequency(call, value, use)),
            new Inspection(
                "idletime",
                "2.2.3",
                "Tells for how many seconds a key was not used.",
                (call, value) -> replyIdleTime(call, value, use)),
            new Inspection(
                "refcount",
                "2.2.3",
                "Tells how many keys share a value, as Redis has it.",
                (call, value) -> call.reply().integer(isShared(value) ? SHARED : 1))),
        AclCategory.KEYSPACE);
  }

  private static void replyFrequency(Call call, Value value, KeyUse use) {
    if (!use.countsFrequency()) {
      throw new CommandException(
          "ERR An LFU maxmemory policy is not selected, access frequency not tracked." + SWITCHING);
    }
    call.reply().integer(call.keys().use().frequency(value, call.nowMillis()));
  }

  private static void replyIdleTime(Call call, Value value, KeyUse use) {
    if (use.countsFrequency()) {
      throw new CommandException(
          "ERR An LFU maxmemory policy is selected, idle time not tracked." + SWITCHING);
    }
    call.reply().integer(call.keys().use().idleSeconds(value, call.nowMillis()));
  }

  private static boolean isShared(Value value) {
    if (!(value instanceof StringValue string) || !string.encoding().equals("int")) {
      return false;
    }
    byte[] bytes = string.bytes();
    long number = Decimal.toLong(bytes, 0, bytes.length);
    return number >= 0 && number < SHARED_INTEGERS;
  }

  private interface Report {
    void reply(Call call, Value value);
  }

  /** One of them: they differ in what they tell. */
  private static final class Inspection implements Command {
    private final CommandSpec spec;
    private final Report report;

    Inspection(String name, String since, String summary, Report report) {
      this.spec =
          CommandSpec.command(name, 3)
              .flags(READONLY)
              .categories(AclCategory.KEYSPACE)
              .tips("nondeterministic_output")
              .keys(KeySpec.one(2, KeySpec.Flag.RO))
              .doc("generic", since, summary)
              .arguments(Argument.key("key", 0))
              .build();
      this.report = report;
    }

    @Override
    public CommandSpec spec() {
      return spec;
    }

    @Override
    public void run(Call call) {
      Value value = call.lookAtKey(2);
      if (value == null) {
        call.reply().nil();
      } else {
        report.reply(call, value);
      }
    }
  }
}
