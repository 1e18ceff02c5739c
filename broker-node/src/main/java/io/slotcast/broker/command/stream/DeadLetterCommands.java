package io.slotcast.broker.command.stream;

import static io.slotcast.broker.command.CommandFlag.DENYOOM;
import static io.slotcast.broker.command.CommandFlag.WRITE;

import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandDoc.Type;
import io.slotcast.broker.command.CommandException;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.command.CountArgument;
import io.slotcast.broker.command.KeySpec;
import io.slotcast.broker.keyspace.stream.ConsumerGroup;
import io.slotcast.broker.keyspace.stream.DeadLetters;
import io.slotcast.broker.keyspace.stream.StreamValue;
import java.util.Arrays;
import java.util.List;

/** XGROUP SETDEADLETTER and DELDEADLETTER, which no Redis has: docs/adr/0009. */
final class DeadLetterCommands {
  private DeadLetterCommands() {}

  static List<Command> all() {
    return List.of(new SetDeadLetter(), new DeleteDeadLetter());
  }

  /**
   * SETDEADLETTER key group dead-letter-key max-deliveries: entries that the group has delivered so
   * often go to another stream instead of being delivered again.
   */
  private static final class SetDeadLetter implements Command {
    private static final CommandSpec SPEC =
        CommandSpec.command("setdeadletter", 6)
            .flags(WRITE, DENYOOM)
            .categories(AclCategory.STREAM)
            .keys(
                KeySpec.one(2, KeySpec.Flag.RW, KeySpec.Flag.UPDATE),
                KeySpec.one(4, KeySpec.Flag.RW, KeySpec.Flag.INSERT))
            .doc("stream", "0.1.0", "Names the stream for entries that were delivered too often.")
            .arguments(
                Argument.key("key", 0),
                Argument.of("groupname", Type.STRING),
                Argument.key("dead-letter-key", 1),
                Argument.of("max-deliveries", Type.INTEGER))
            .build();

    @Override
    public CommandSpec spec() {
      return SPEC;
    }

    @Override
    public void run(Call call) {
      ConsumerGroup group = GroupArgument.required(call);
      byte[] key = call.request().bytes(4);
      long most =
          CountArgument.atLeast(call, 5, 1, "ERR max-deliveries must be a positive integer");
      if (Arrays.equals(key, call.request().bytes(2))) {
        throw new CommandException("ERR A stream takes no dead letters of its own groups");
      }
      // Of another type it could never take one.
      call.findKey(4, StreamValue.class);
      group.deadLetters(new DeadLetters(key, most));
      call.changed(2);
      call.reply().ok();
    }
  }

  /** DELDEADLETTER key group: entries are delivered without end; replies 1, or 0 if they were. */
  private static final class DeleteDeadLetter implements Command {
    private static final CommandSpec SPEC =
        CommandSpec.command("deldeadletter", 4)
            .flags(WRITE)
            .categories(AclCategory.STREAM)
            .keys(KeySpec.one(2, KeySpec.Flag.RW, KeySpec.Flag.UPDATE))
            .doc("stream", "0.1.0", "Delivers entries of a group as often as they are claimed.")
            .arguments(Argument.key("key", 0), Argument.of("groupname", Type.STRING))
            .build();

    @Override
    public CommandSpec spec() {
      return SPEC;
    }

    @Override
    public void run(Call call) {
      ConsumerGroup group = GroupArgument.required(call);
      boolean named = group.deadLetters() != null;
      if (named) {
        group.deadLetters(null);
        call.changed(2);
      }
      call.reply().integer(named ? 1 : 0);
    }
  }
}
