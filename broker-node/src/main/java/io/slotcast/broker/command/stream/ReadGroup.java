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
import io.slotcast.broker.keyspace.stream.Consumer;
import io.slotcast.broker.keyspace.stream.ConsumerGroup;
import io.slotcast.broker.keyspace.stream.GroupProgress;
import io.slotcast.broker.keyspace.stream.PendingEntry;
import io.slotcast.broker.keyspace.stream.StreamCursor;
import io.slotcast.broker.keyspace.stream.StreamId;
import io.slotcast.broker.keyspace.stream.StreamValue;
import io.slotcast.broker.resp.RespWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * XREADGROUP GROUP group consumer [COUNT count] [BLOCK ms] [NOACK] STREAMS key [key …] id [id …]:
 * for {@code >} the entries that no consumer of the group got yet, which become pending with this
 * one unless NOACK is given; for an id what is pending with this consumer behind it.
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
                  .withToken("GROUP"),
              Argument.of("count", Type.INTEGER).withToken("COUNT").asOptional(),
              Argument.of("milliseconds", Type.INTEGER).withToken("BLOCK").asOptional(),
              Argument.token("noack").asOptional(),
              Read.streamsDoc())
          .build();

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  /**
   * One stream that has something for the consumer.
   *
   * @param history whether it gets what is pending with it, not what is new
   */
  private record Source(
      int key, StreamValue stream, ConsumerGroup group, StreamId behind, boolean history) {}

  @Override
  public void run(Call call) {
    ReadOptions options = ReadOptions.parse(call, true);
    List<Source> sources = sources(call, options);
    if (sources.isEmpty()) {
      call.noEffect();
      nothingToRead(call, options);
      return;
    }
    Read.begin(call.reply(), sources.size());
    for (Source source : sources) {
      serve(call, options, source);
    }
  }

  private static void nothingToRead(Call call, ReadOptions options) {
    if (options.blockMillis() == ReadOptions.NO_BLOCK) {
      call.reply().nilArray();
      return;
    }
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
  private static List<Source> sources(Call call, ReadOptions options) {
    List<Source> sources = new ArrayList<>();
    for (int i = 0; i < options.keys(); i++) {
      int key = options.firstKey() + i;
      StreamValue stream = call.findKey(key, StreamValue.class);
      ConsumerGroup group = GroupArgument.find(call, stream, options.groupArgument());
      if (stream == null || group == null) {
        throw GroupArgument.noGroupToRead(call, key, options.groupArgument());
      }
      StreamId behind = behind(call, key + options.keys());
      if (!behind.equals(StreamId.MAX)) {
        sources.add(new Source(key, stream, group, behind, true));
      } else if (stream.length() > 0 && stream.lastEntryId().isAfter(group.lastDelivered())) {
        sources.add(new Source(key, stream, group, group.lastDelivered(), false));
      }
    }
    return sources;
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

  private static void serve(Call call, ReadOptions options, Source source) {
    GroupEffects effects = new GroupEffects(call, source.key(), source.group());
    byte[] name = call.request().bytes(options.groupArgument() + 1);
    Consumer consumer = source.group().consumer(name);
    if (consumer == null) {
      consumer = source.group().createConsumer(name, call.nowMillis());
      effects.consumerCreated(consumer);
    } else {
      consumer.seen(call.nowMillis());
    }
    Read.key(call, source.key());
    if (source.history()) {
      history(call, options.count(), source, consumer, effects);
    } else {
      fresh(call, options, source, consumer, effects);
    }
    call.changed(source.key());
  }

  private static void history(
      Call call, long limit, Source source, Consumer consumer, GroupEffects effects) {
    List<PendingEntry> entries = new ArrayList<>();
    @Nullable PendingEntry next = consumer.pending().after(source.behind());
    while (next != null && entries.size() < limit) {
      entries.add(next);
      next = consumer.pending().after(next.id());
    }
    RespWriter reply = call.reply();
    EntryReply entryReply = new EntryReply(reply);
    reply.array(entries.size());
    for (PendingEntry entry : entries) {
      StreamId id = entry.id();
      StreamCursor cursor = source.stream().range(id, id);
      if (cursor.next()) {
        entryReply.entry(cursor);
        entry.delivered(call.nowMillis(), entry.deliveries() + 1);
        effects.delivered(List.of(entry));
      } else {
        reply.array(2);
        reply.bulk(id.toBytes());
        reply.nilArray();
      }
    }
  }

  private static void fresh(
      Call call, ReadOptions options, Source source, Consumer consumer, GroupEffects effects) {
    StreamValue stream = source.stream();
    ConsumerGroup group = source.group();
    StreamId from = source.behind().next();
    long count = stream.count(from, StreamId.MAX, options.count());
    StreamCursor cursor = stream.range(from, StreamId.MAX);
    EntryReply entries = new EntryReply(call.reply());
    List<PendingEntry> delivered = new ArrayList<>((int) Math.min(count, 1024));
    call.reply().array(count);
    for (long i = 0; i < count && cursor.next(); i++) {
      StreamId id = cursor.id();
      GroupProgress.read(stream, group, id);
      entries.entry(cursor);
      if (!options.noAck()) {
        delivered.add(deliver(group, consumer, id, call.nowMillis()));
      }
    }
    consumer.active(call.nowMillis());
    effects.delivered(delivered);
    effects.progressed();
  }

  /** The entry may be pending already where XGROUP SETID went back. */
  private static PendingEntry deliver(
      ConsumerGroup group, Consumer consumer, StreamId id, long nowMillis) {
    PendingEntry pending = group.pending().find(id);
    if (pending == null) {
      return group.addPending(id, consumer, nowMillis, 1);
    }
    group.assign(pending, consumer);
    pending.delivered(nowMillis, 1);
    return pending;
  }
}
