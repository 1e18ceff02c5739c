package io.slotcast.broker.command.stream;

import static io.slotcast.broker.command.CommandFlag.READONLY;

import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandDoc.Type;
import io.slotcast.broker.command.CommandException;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.command.ContainerCommand;
import io.slotcast.broker.command.KeySpec;
import io.slotcast.broker.keyspace.stream.Consumer;
import io.slotcast.broker.keyspace.stream.ConsumerGroup;
import io.slotcast.broker.keyspace.stream.StreamValue;
import io.slotcast.broker.resp.Request;
import java.util.List;

/** XINFO STREAM, GROUPS and CONSUMERS. */
final class InspectionCommands {
  private InspectionCommands() {}

  static Command command() {
    CommandSpec container =
        CommandSpec.command("xinfo", -2)
            .doc("stream", "5.0.0", "A container for commands that look into streams.")
            .complexity("Depends on subcommand.")
            .build();
    return new ContainerCommand(
        container, List.of(new Consumers(), new Groups(), new Whole()), AclCategory.STREAM);
  }

  private static StreamValue stream(Call call) {
    StreamValue stream = call.readKey(2, StreamValue.class);
    if (stream == null) {
      throw new CommandException("ERR no such key");
    }
    return stream;
  }

  /** CONSUMERS key group: each consumer's name, how much is pending, and how long it is silent. */
  private static final class Consumers implements Command {
    private static final CommandSpec SPEC =
        CommandSpec.command("consumers", 4)
            .flags(READONLY)
            .categories(AclCategory.STREAM)
            .tips("nondeterministic_output")
            .keys(KeySpec.one(2, KeySpec.Flag.RO, KeySpec.Flag.ACCESS))
            .doc("stream", "5.0.0", "Lists the consumers of a group.")
            .arguments(Argument.key("key", 0), Argument.of("groupname", Type.STRING))
            .build();

    @Override
    public CommandSpec spec() {
      return SPEC;
    }

    @Override
    public void run(Call call) {
      ConsumerGroup group = GroupArgument.find(call, stream(call), 3);
      if (group == null) {
        throw GroupArgument.noGroup(call);
      }
      call.reply().array(group.consumers().size());
      for (Consumer consumer : group.consumers()) {
        call.reply().map(3);
        call.reply().bulk("name");
        call.reply().bulk(consumer.name());
        call.reply().bulk("pending");
        call.reply().integer(consumer.pending().size());
        call.reply().bulk("idle");
        call.reply().integer(Math.max(call.nowMillis() - consumer.seenMillis(), 0));
      }
    }
  }

  /** GROUPS key: each group with its counts and how far it came. */
  private static final class Groups implements Command {
    private static final CommandSpec SPEC =
        CommandSpec.command("groups", 3)
            .flags(READONLY)
            .categories(AclCategory.STREAM)
            .keys(KeySpec.one(2, KeySpec.Flag.RO, KeySpec.Flag.ACCESS))
            .doc("stream", "5.0.0", "Lists the consumer groups of a stream.")
            .arguments(Argument.key("key", 0))
            .build();

    @Override
    public CommandSpec spec() {
      return SPEC;
    }

    @Override
    public void run(Call call) {
      StreamValue stream = stream(call);
      call.reply().array(stream.groups().size());
      for (ConsumerGroup group : stream.groups()) {
        call.reply().map(6 + StreamReport.deadLetterFields(group));
        call.reply().bulk("name");
        call.reply().bulk(group.name());
        call.reply().bulk("consumers");
        call.reply().integer(group.consumers().size());
        call.reply().bulk("pending");
        call.reply().integer(group.pending().size());
        StreamReport.progress(call.reply(), stream, group);
        StreamReport.deadLetters(call.reply(), group);
      }
    }
  }

  /** STREAM key [FULL [COUNT count]]: all that there is to know of a stream. */
  private static final class Whole implements Command {
    private static final CommandSpec SPEC =
        CommandSpec.command("stream", -3)
            .flags(READONLY)
            .categories(AclCategory.STREAM)
            .keys(KeySpec.one(2, KeySpec.Flag.RO, KeySpec.Flag.ACCESS))
            .doc("stream", "5.0.0", "Tells about a stream.")
            .arguments(
                Argument.key("key", 0),
                Argument.block(
                        "full", Argument.of("count", Type.INTEGER).withToken("COUNT").asOptional())
                    .withToken("FULL")
                    .asOptional())
            .build();

    private static final long USUAL_COUNT = 10;

    @Override
    public CommandSpec spec() {
      return SPEC;
    }

    @Override
    public void run(Call call) {
      StreamValue stream = stream(call);
      StreamReport report = new StreamReport(call.reply(), stream, call.nowMillis());
      if (call.request().count() == 3) {
        report.brief();
      } else {
        report.full(count(call));
      }
    }

    /** How much of each list is shown. */
    private static long count(Call call) {
      Request request = call.request();
      boolean isWellFormed =
          request.is(3, "FULL")
              && (request.count() == 4 || (request.count() == 6 && request.is(4, "COUNT")));
      if (!isWellFormed) {
        throw CommandException.unknownSubcommand(request, "XINFO");
      }
      long count = request.count() == 4 ? USUAL_COUNT : call.longArgument(5);
      if (count < 0) {
        return USUAL_COUNT;
      }
      return count == 0 ? Long.MAX_VALUE : count;
    }
  }
}
