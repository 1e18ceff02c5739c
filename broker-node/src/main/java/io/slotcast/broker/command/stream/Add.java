package io.slotcast.broker.command.stream;

import static io.slotcast.broker.command.CommandFlag.DENYOOM;
import static io.slotcast.broker.command.CommandFlag.FAST;
import static io.slotcast.broker.command.CommandFlag.WRITE;

import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandDoc.Type;
import io.slotcast.broker.command.CommandException;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.command.KeySpec;
import io.slotcast.broker.effect.Words;
import io.slotcast.broker.keyspace.stream.NodeLimits;
import io.slotcast.broker.keyspace.stream.StreamId;
import io.slotcast.broker.keyspace.stream.StreamValue;
import io.slotcast.broker.keyspace.stream.Trim;
import io.slotcast.broker.resp.Request;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * XADD key [NOMKSTREAM] [MAXLEN | MINID [= | ~] threshold [LIMIT count]] * | id field value [field
 * value …]: adds an entry to a stream; replies its id, or null where NOMKSTREAM finds no stream.
 */
final class Add implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("xadd", -5)
          .flags(WRITE, DENYOOM, FAST)
          .categories(AclCategory.STREAM)
          .tips("nondeterministic_output")
          .keys(KeySpec.one(1, KeySpec.Flag.RW, KeySpec.Flag.UPDATE))
          .doc("stream", "5.0.0", "Adds an entry to a stream.")
          .complexity("O(1) for the entry, O(N) for trimming where N is the number of entries cut.")
          .arguments(
              Argument.key("key", 0),
              Argument.token("nomkstream").asOptional(),
              TrimOptions.doc().asOptional(),
              Argument.oneOf(
                  "id_or_auto",
                  Argument.of("auto_id", Type.PURE_TOKEN).withToken("*"),
                  Argument.of("id", Type.STRING)),
              Argument.block(
                      "field_value",
                      Argument.of("field", Type.STRING),
                      Argument.of("value", Type.STRING))
                  .asMultiple())
          .build();

  private static final byte[] XADD = Words.of("XADD");

  private final NodeLimits limits;

  Add(NodeLimits limits) {
    this.limits = limits;
  }

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  /**
   * What stands before the fields.
   *
   * @param id null for an automatic one
   * @param idArgument where it stands
   */
  private record Head(
      boolean noMakeStream, @Nullable Trim trim, IdArgument.@Nullable NewId id, int idArgument) {}

  @Override
  public void run(Call call) {
    Head head = head(call);
    int firstField = head.idArgument() + 1;
    int elements = call.request().count() - firstField;
    if (elements < 2 || elements % 2 != 0) {
      throw CommandException.wrongNumberOfArguments(SPEC.name());
    }
    IdArgument.NewId given = head.id();
    if (given != null && given.isComplete() && given.id().equals(StreamId.MIN)) {
      throw new CommandException("ERR The ID specified in XADD must be greater than 0-0");
    }
    StreamValue found = call.findKey(1, StreamValue.class);
    if (found == null && head.noMakeStream()) {
      call.reply().nil();
      return;
    }
    StreamValue stream = found == null ? new StreamValue() : found;
    StreamId id = chooseId(stream, given, call.nowMillis());
    if (StreamValue.isTooLarge(call.request(), firstField)) {
      throw new CommandException("ERR Elements are too large to be stored");
    }
    if (found == null) {
      call.putKey(1, stream);
    }
    stream.append(id, call.request(), firstField, limits);
    call.reply().bulk(StreamId.toBytes(id.ms(), id.seq()));
    if (head.trim() != null) {
      stream.trim(head.trim());
    }
    call.changed(1);
    record(call, head, stream, id);
  }

  private Head head(Call call) {
    Request request = call.request();
    TrimOptions options = new TrimOptions(call);
    boolean noMakeStream = false;
    for (int i = 2; i < request.count(); i++) {
      if (request.is(i, "*")) {
        return new Head(noMakeStream, options.trim(limits), null, i);
      }
      int taken = options.take(i);
      if (taken >= 0) {
        i = taken;
      } else if (request.is(i, "NOMKSTREAM")) {
        noMakeStream = true;
      } else {
        IdArgument.NewId id = IdArgument.ofNew(request, i);
        return new Head(noMakeStream, options.trim(limits), id, i);
      }
    }
    options.trim(limits);
    throw CommandException.wrongNumberOfArguments(SPEC.name());
  }

  private static StreamId chooseId(
      StreamValue stream, IdArgument.@Nullable NewId given, long nowMillis) {
    StreamId last = stream.lastId();
    if (last.equals(StreamId.MAX)) {
      throw new CommandException(
          "ERR The stream has exhausted the last possible ID, unable to add more items");
    }
    if (given == null) {
      boolean later = Long.compareUnsigned(nowMillis, last.ms()) > 0;
      return later ? new StreamId(nowMillis, 0) : last.next();
    }
    StreamId id = given.id();
    if (!given.isComplete() && id.ms() == last.ms() && last.seq() != -1) {
      return last.next();
    }
    if (!id.isAfter(last)) {
      throw new CommandException(
          "ERR The ID specified in XADD is equal or smaller than the target stream top item");
    }
    return id;
  }

  /** With the id that was chosen, and what trimming by blocks left as an exact length. */
  private static void record(Call call, Head head, StreamValue stream, StreamId id) {
    boolean asAsked = head.id() != null && head.id().isComplete();
    boolean exact = head.trim() == null || !head.trim().approximate();
    if ((asAsked && exact) || !call.slot().effects().isWanted()) {
      return;
    }
    Request request = call.request();
    List<byte[]> words = new ArrayList<>(List.of(XADD, request.bytes(1)));
    if (head.trim() != null) {
      words.addAll(TrimStream.exactly(stream));
    }
    words.add(id.toBytes());
    for (int i = head.idArgument() + 1; i < request.count(); i++) {
      words.add(request.bytes(i));
    }
    call.effect(words.toArray(byte[][]::new));
  }
}
