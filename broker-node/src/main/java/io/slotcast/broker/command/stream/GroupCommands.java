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
import io.slotcast.broker.command.ContainerCommand;
import io.slotcast.broker.command.KeySpec;
import io.slotcast.broker.keyspace.KeyEvent;
import io.slotcast.broker.keyspace.stream.Consumer;
import io.slotcast.broker.keyspace.stream.ConsumerGroup;
import io.slotcast.broker.keyspace.stream.StreamId;
import io.slotcast.broker.keyspace.stream.StreamValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** XGROUP CREATE, SETID, DESTROY, CREATECONSUMER and DELCONSUMER. */
final class GroupCommands {
  private GroupCommands() {}

  static Command command() {
    CommandSpec container =
        CommandSpec.command("xgroup", -2)
            .doc("stream", "5.0.0", "A container for commands about consumer groups.")
            .complexity("Depends on subcommand.")
            .build();
    List<Command> subcommands =
        new ArrayList<>(
            List.of(
                new Create(),
                new CreateConsumer(),
                new DeleteConsumer(),
                new Destroy(),
                new SetId()));
    subcommands.addAll(DeadLetterCommands.all());
    return new ContainerCommand(container, subcommands, AclCategory.STREAM);
  }

  private static Argument id() {
    return Argument.oneOf(
        "id",
        Argument.of("id", Type.STRING),
        Argument.of("new_id", Type.PURE_TOKEN).withToken("$"));
  }

  private static Argument entriesRead() {
    return Argument.of("entries_read", Type.INTEGER).withToken("ENTRIESREAD").asOptional();
  }

  /**
   * The options of CREATE and SETID, from argument 5 on.
   *
   * @param entriesRead {@link ConsumerGroup#UNKNOWN} where it was not given
   */
  private record Options(boolean makeStream, long entriesRead) {
    static Options parse(Call call, boolean mayMakeStream) {
      boolean makeStream = false;
      long read = ConsumerGroup.UNKNOWN;
      int i = 5;
      while (i < call.request().count()) {
        boolean hasMore = i + 1 < call.request().count();
        if (mayMakeStream && call.request().is(i, "MKSTREAM")) {
          makeStream = true;
          i++;
        } else if (hasMore && call.request().is(i, "ENTRIESREAD")) {
          read = call.longArgument(i + 1);
          if (read < ConsumerGroup.UNKNOWN) {
            throw new CommandException("ERR value for ENTRIESREAD must be positive or -1");
          }
          i += 2;
        } else {
          throw CommandException.unknownSubcommand(call.request(), "XGROUP");
        }
      }
      return new Options(makeStream, read);
    }
  }

  /** CREATE key group id | $ [MKSTREAM] [ENTRIESREAD count]: makes a group. */
  private static final class Create implements Command {
    private static final CommandSpec SPEC =
        CommandSpec.command("create", -5)
            .flags(WRITE, DENYOOM)
            .categories(AclCategory.STREAM)
            .keys(KeySpec.one(2, KeySpec.Flag.RW, KeySpec.Flag.INSERT))
            .doc("stream", "5.0.0", "Makes a consumer group.")
            .arguments(
                Argument.key("key", 0),
                Argument.of("groupname", Type.STRING),
                id(),
                Argument.token("mkstream").asOptional(),
                entriesRead())
            .build();

    private static final int MOST_ARGUMENTS = 8;

    @Override
    public CommandSpec spec() {
      return SPEC;
    }

    @Override
    public void run(Call call) {
      Options options = Options.parse(call, true);
      @Nullable StreamValue found =
          options.makeStream() ? call.findKey(2, StreamValue.class) : GroupArgument.stream(call);
      if (call.request().count() > MOST_ARGUMENTS) {
        throw CommandException.unknownSubcommand(call.request(), "XGROUP");
      }
      StreamId id = startingId(call, found);
      byte[] name = call.request().bytes(3);
      if (found != null && found.group(name) != null) {
        throw new CommandException("BUSYGROUP Consumer Group name already exists");
      }
      StreamValue stream = found == null ? new StreamValue() : found;
      if (found == null) {
        call.putKey(2, stream);
      }
      stream.createGroup(name, id, options.entriesRead());
      call.changed(2, KeyEvent.XGROUP_CREATE);
      call.reply().ok();
    }

    private static StreamId startingId(Call call, @Nullable StreamValue stream) {
      if (!call.request().is(4, "$")) {
        return IdArgument.of(call.request(), 4);
      }
      return stream == null ? StreamId.MIN : stream.lastId();
    }
  }

  /** SETID key group id | $ [ENTRIESREAD count]: says up to where a group has read. */
  private static final class SetId implements Command {
    private static final CommandSpec SPEC =
        CommandSpec.command("setid", -5)
            .flags(WRITE)
            .categories(AclCategory.STREAM)
            .keys(KeySpec.one(2, KeySpec.Flag.RW, KeySpec.Flag.UPDATE))
            .doc("stream", "5.0.0", "Sets the last delivered id of a consumer group.")
            .arguments(
                Argument.key("key", 0), Argument.of("groupname", Type.STRING), id(), entriesRead())
            .build();

    @Override
    public CommandSpec spec() {
      return SPEC;
    }

    @Override
    public void run(Call call) {
      Options options = Options.parse(call, false);
      ConsumerGroup group = GroupArgument.required(call);
      if (call.request().count() != 5 && call.request().count() != 7) {
        throw CommandException.unknownSubcommand(call.request(), "XGROUP");
      }
      StreamId id =
          call.request().is(4, "$")
              ? GroupArgument.stream(call).lastId()
              : IdArgument.start(call.request(), 4);
      group.set(id, options.entriesRead());
      call.changed(2, KeyEvent.XGROUP_SETID);
      call.reply().ok();
    }
  }

  /** DESTROY key group: removes a group with what is pending; replies 1, or 0 for none. */
  private static final class Destroy implements Command {
    private static final CommandSpec SPEC =
        CommandSpec.command("destroy", 4)
            .flags(WRITE)
            .categories(AclCategory.STREAM)
            .keys(KeySpec.one(2, KeySpec.Flag.RW, KeySpec.Flag.DELETE))
            .doc("stream", "5.0.0", "Removes a consumer group.")
            .arguments(Argument.key("key", 0), Argument.of("groupname", Type.STRING))
            .build();

    @Override
    public CommandSpec spec() {
      return SPEC;
    }

    @Override
    public void run(Call call) {
      boolean destroyed = GroupArgument.stream(call).destroyGroup(call.request().bytes(3));
      if (destroyed) {
        call.changed(2, KeyEvent.XGROUP_DESTROY);
      }
      call.reply().integer(destroyed ? 1 : 0);
    }
  }

  /** CREATECONSUMER key group consumer: replies 1, or 0 if it is there. */
  private static final class CreateConsumer implements Command {
    private static final CommandSpec SPEC =
        CommandSpec.command("createconsumer", 5)
            .flags(WRITE, DENYOOM)
            .categories(AclCategory.STREAM)
            .keys(KeySpec.one(2, KeySpec.Flag.RW, KeySpec.Flag.INSERT))
            .doc("stream", "6.2.0", "Makes a consumer of a group.")
            .arguments(
                Argument.key("key", 0),
                Argument.of("groupname", Type.STRING),
                Argument.of("consumername", Type.STRING))
            .build();

    @Override
    public CommandSpec spec() {
      return SPEC;
    }

    @Override
    public void run(Call call) {
      ConsumerGroup group = GroupArgument.required(call);
      byte[] name = call.request().bytes(4);
      boolean absent = group.consumer(name) == null;
      if (absent) {
        group.createConsumer(name, call.nowMillis());
        call.changed(2, KeyEvent.XGROUP_CREATECONSUMER);
      }
      call.reply().integer(absent ? 1 : 0);
    }
  }

  /** DELCONSUMER key group consumer: replies how many entries were pending with it. */
  private static final class DeleteConsumer implements Command {
    private static final CommandSpec SPEC =
        CommandSpec.command("delconsumer", 5)
            .flags(WRITE)
            .categories(AclCategory.STREAM)
            .keys(KeySpec.one(2, KeySpec.Flag.RW, KeySpec.Flag.DELETE))
            .doc("stream", "5.0.0", "Removes a consumer of a group.")
            .arguments(
                Argument.key("key", 0),
                Argument.of("groupname", Type.STRING),
                Argument.of("consumername", Type.STRING))
            .build();

    @Override
    public CommandSpec spec() {
      return SPEC;
    }

    @Override
    public void run(Call call) {
      ConsumerGroup group = GroupArgument.required(call);
      Consumer consumer = group.consumer(call.request().bytes(4));
      if (consumer == null) {
        call.reply().integer(0);
        return;
      }
      int pending = group.deleteConsumer(consumer);
      call.changed(2, KeyEvent.XGROUP_DELCONSUMER);
      call.reply().integer(pending);
    }
  }
}
