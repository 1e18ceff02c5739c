package io.slotcast.broker.command.stream;

import static io.slotcast.broker.command.CommandFlag.BLOCKING;
import static io.slotcast.broker.command.CommandFlag.MOVABLEKEYS;
import static io.slotcast.broker.command.CommandFlag.READONLY;

import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandDoc.Type;
import io.slotcast.broker.command.CommandException;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.command.KeySpec;
import io.slotcast.broker.keyspace.ValueType;
import io.slotcast.broker.keyspace.stream.StreamId;
import io.slotcast.broker.keyspace.stream.StreamValue;
import io.slotcast.broker.resp.Request;
import io.slotcast.broker.resp.RespWriter;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * XREAD [COUNT count] [MAXCOUNT count] [MAXSIZE bytes] [BLOCK ms] STREAMS key [key …] id [id …]:
 * the entries of streams behind an id each, where {@code $} is the last id that there is and {@code
 * +} the one before the last entry; null if no stream has any.
 */
final class Read implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("xread", -4)
          .flags(READONLY, BLOCKING, MOVABLEKEYS)
          .categories(AclCategory.STREAM)
          .keys(streams(1))
          .doc("stream", "5.0.0", "Returns the entries of streams behind given ids.")
          .complexity("O(N) for each stream where N is the number of entries returned.")
          .arguments(ReadOptions.limitsDoc())
          .arguments(streamsDoc())
          .build();

  /** Where the keys are, looked for from that argument on. */
  static KeySpec streams(int from) {
    return new KeySpec(
        List.of(KeySpec.Flag.RO, KeySpec.Flag.ACCESS),
        new KeySpec.Begin.Keyword("STREAMS", from),
        new KeySpec.Find.Range(-1, 1, 2));
  }

  static Argument streamsDoc() {
    return Argument.block(
            "streams",
            Argument.key("key", 0).asMultiple(),
            Argument.of("id", Type.STRING).asMultiple())
        .withToken("STREAMS");
  }

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    ReadOptions options = ReadOptions.parse(call, false);
    int keys = options.keys();
    StreamId[] behind = new StreamId[keys];
    @Nullable StreamValue[] streams = new @Nullable StreamValue[keys];
    for (int i = 0; i < keys; i++) {
      StreamValue stream = call.readKey(options.firstKey() + i, StreamValue.class);
      behind[i] = behind(call.request(), options.firstKey() + keys + i, stream);
      if (stream != null && stream.length() > 0 && stream.lastEntryId().isAfter(behind[i])) {
        streams[i] = stream;
      }
    }
    long[] counts = counts(options, streams, behind);
    int served = (int) Arrays.stream(counts).filter(count -> count > 0).count();
    if (served == 0) {
      nothingToRead(call, options, behind);
      return;
    }
    begin(call.reply(), served);
    for (int i = 0; i < keys; i++) {
      StreamValue stream = streams[i];
      if (stream != null && counts[i] > 0) {
        key(call, options.firstKey() + i);
        EntryReply.first(call.reply(), stream, behind[i].next(), counts[i]);
      }
    }
  }

  /** How many entries of each stream are replied. */
  private static long[] counts(
      ReadOptions options, @Nullable StreamValue[] streams, StreamId[] behind) {
    ReadBudget budget = options.budget();
    long[] counts = new long[streams.length];
    for (int i = 0; i < streams.length && !budget.isSpent(); i++) {
      StreamValue stream = streams[i];
      if (stream != null) {
        counts[i] = budget.take(stream, behind[i].next(), options.count());
      }
    }
    return counts;
  }

  private static void nothingToRead(Call call, ReadOptions options, StreamId[] behind) {
    if (options.blockMillis() == ReadOptions.NO_BLOCK) {
      call.reply().nilArray();
      return;
    }
    // What the last id is now is what counts, not what it will be when something has come.
    byte[][] words = call.request().words();
    for (int i = 0; i < behind.length; i++) {
      words[options.firstKey() + behind.length + i] = behind[i].toBytes();
    }
    call.waitForKeys(
        Request.of(words),
        options.firstKey(),
        options.firstKey() + options.keys() - 1,
        ValueType.STREAM,
        options.blockMillis(),
        RespWriter::nilArray);
  }

  /** The id behind which to read. */
  private static StreamId behind(Request request, int i, @Nullable StreamValue stream) {
    if (request.is(i, "$")) {
      return lastId(stream);
    } else if (request.is(i, "+")) {
      return stream != null && stream.length() > 0
          ? stream.lastEntryId().previous()
          : lastId(stream);
    } else if (request.is(i, ">")) {
      throw new CommandException(
          "ERR The > ID can be specified only when calling XREADGROUP using the GROUP <group>"
              + " <consumer> option.");
    }
    return IdArgument.of(request, i);
  }

  private static StreamId lastId(@Nullable StreamValue stream) {
    return stream == null ? StreamId.MIN : stream.lastId();
  }

  /** The head of a reply with so many streams: a map, in RESP2 an array of pairs. */
  static void begin(RespWriter reply, int streams) {
    if (reply.isResp3()) {
      reply.map(streams);
    } else {
      reply.array(streams);
    }
  }

  /** Begins one stream of the reply, with the key in that argument. */
  static void key(Call call, int i) {
    if (!call.reply().isResp3()) {
      call.reply().array(2);
    }
    Request request = call.request();
    call.reply().bulk(request.array(), request.offset(i), request.length(i));
  }
}
