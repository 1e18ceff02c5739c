package io.slotcast.broker.command.stream;

import static io.slotcast.broker.command.CommandFlag.BLOCKING;
import static io.slotcast.broker.command.CommandFlag.MOVABLEKEYS;
import static io.slotcast.broker.command.CommandFlag.WRITE;

import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandDoc.Type;
import io.slotcast.broker.command.CommandException;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.keyspace.stream.ConsumerGroup;
import io.slotcast.broker.keyspace.stream.NodeLimits;
import io.slotcast.broker.keyspace.stream.StreamId;
import io.slotcast.broker.keyspace.stream.StreamValue;
import io.slotcast.broker.resp.RespWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * XREADGROUP GROUP group consumer [COUNT count] [MAXCOUNT count] [MAXSIZE bytes] [BLOCK ms] [CLAIM
 * min-idle-ms] [NOACK] STREAMS key [key …] id [id …]: for {@code >} the entries that no consumer of
 * the group got yet, which become pending with this one unless NOACK is given; for an id what is
 * pending with this consumer behind it. CLAIM gives with {@code >} what is pending for so long
 * before what is new, and tells of each entry how long, and how often it was delivered.
 */
final class ReadGroup implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("xreadgroup", -7)
          .flags(WRITE, BLOCKING, MOVABLEKEYS)
          .categories(AclCategory.STREAM)
          .keys(Read.streams(4))
          .doc("stream", "5.0.0", "Returns new or pending entries to a consumer of a group.")
          .complexity("O(N) for each stream where N is the number of entries returned.")
          .arguments(
              Argument.block(
                      "group_consumer",
                      Argument.of("group", Type.STRING),
                      Argument.of("consumer", Type.STRING))
                  .withToken("GROUP"))
          .arguments(ReadOptions.limitsDoc())
          .arguments(
              Argument.of("min-idle-time", Type.INTEGER).withToken("CLAIM").asOptional(),
              Argument.token("noack").asOptional(),
              Read.streamsDoc())
          .build();

  private final NodeLimits limits;

  ReadGroup(NodeLimits limits) {
    this.limits = limits;
  }

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    ReadOptions options = ReadOptions.parse(call, true);
    List<GroupRead> reads = reads(call, options);
    ReadBudget budget = options.budget();
    List<GroupRead> served = new ArrayList<>();
    for (GroupRead read : reads) {
      if (!budget.isSpent() && read.plan(budget)) {
        served.add(read);
      }
    }
    call.noEffect();
    if (served.isEmpty()) {
      nothingToRead(call, options, reads);
      return;
    }
    Read.begin(call.reply(), served.size());
    served.forEach(GroupRead::serve);
  }

  private static void nothingToRead(Call call, ReadOptions options, List<GroupRead> reads) {
    if (options.blockMillis() == ReadOptions.NO_BLOCK) {
      call.reply().nilArray();
      return;
    }
    reads.forEach(GroupRead::wakeWhenClaimable);
    // That a stream or its group is gone is news as well: the command fails then.
    call.waitForKeys(
        call.request(),
        options.firstKey(),
        options.firstKey() + options.keys() - 1,
        null,
        options.blockMillis(),
        RespWriter::nilArray);
  }

  /** Looks at all keys and ids before anything is done. */
  private List<GroupRead> reads(Call call, ReadOptions options) {
    List<GroupRead> reads = new ArrayList<>();
    for (int i = 0; i < options.keys(); i++) {
      int key = options.firstKey() + i;
      StreamValue stream = call.findKey(key, StreamValue.class);
      ConsumerGroup group = GroupArgument.find(call, stream, options.groupArgument());
      if (stream == null || group == null) {
        throw GroupArgument.noGroupToRead(call, key, options.groupArgument());
      }
      StreamId behind = behind(call, key + options.keys());
      if (!behind.equals(StreamId.MAX)) {
        reads.add(new HistoryRead(call, options, key, stream, group, behind, limits));
      } else if (reads.stream().noneMatch(read -> read.isFreshOf(stream))) {
        reads.add(new FreshRead(call, options, key, stream, group, limits));
      }
    }
    return reads;
  }

  /** The id behind which to look for pending entries; the largest one for new entries. */
  private static StreamId behind(Call call, int i) {
    if (call.request().is(i, ">")) {
      return StreamId.MAX;
    } else if (call.request().is(i, "$")) {
      throw new CommandException(
          "ERR The $ ID is meaningless in the context of XREADGROUP: you want to read the history"
              + " of this consumer by specifying a proper ID, or use the > ID to get new messages."
              + " The $ ID would just return an empty result set.");
    } else if (call.request().is(i, "+")) {
      throw new CommandException(
          "ERR The + ID is meaningless in the context of XREADGROUP: you want to read the history"
              + " of this consumer by specifying a proper ID, or use the > ID to get new messages."
              + " The + ID would just return an empty result set.");
    }
    return IdArgument.of(call.request(), i);
  }
}
