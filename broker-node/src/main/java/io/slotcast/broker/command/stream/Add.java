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
import io.slotcast.broker.keyspace.DueChange;
import io.slotcast.broker.keyspace.KeyEvent;
import io.slotcast.broker.keyspace.Value;
import io.slotcast.broker.keyspace.stream.NodeLimits;
import io.slotcast.broker.keyspace.stream.Producers;
import io.slotcast.broker.keyspace.stream.StreamId;
import io.slotcast.broker.keyspace.stream.StreamValue;
import io.slotcast.broker.keyspace.stream.Trim;
import io.slotcast.broker.resp.Request;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * XADD key [NOMKSTREAM] [KEEPREF | DELREF | ACKED] [IDMPAUTO producer | IDMP producer own-id]
 * [MAXLEN | MINID [= | ~] threshold [LIMIT count]] [DELAY ms | AT unix-ms] * | id field value
 * [field value …]: adds an entry to a stream; replies its id, or null where NOMKSTREAM finds no
 * stream. A producer that names itself adds no entry a second time: it is replied the id of the
 * first. With DELAY or AT, which no Redis has, nobody sees the entry before that time:
 * docs/adr/0009.
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
              ReferencesArgument.doc(),
              AddOptions.producerDoc(),
              TrimOptions.doc().asOptional(),
              AddOptions.delayDoc(),
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
  private static final byte[] AT = Words.of("AT");

  private final NodeLimits limits;

  Add(NodeLimits limits) {
    this.limits = limits;
  }

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    AddOptions options = AddOptions.parse(call, limits);
    int elements = call.request().count() - options.firstField();
    if (elements < 2 || elements % 2 != 0) {
      throw CommandException.wrongNumberOfArguments(SPEC.name());
    }
    IdArgument.NewId given = options.id();
    if (given != null && given.isComplete() && given.id().equals(StreamId.MIN)) {
      throw new CommandException("ERR The ID specified in XADD must be greater than 0-0");
    }
    StreamValue found = call.findKey(1, StreamValue.class);
    if (found == null && options.noMakeStream()) {
      call.reply().nil();
      return;
    }
    byte[] producer = options.producer();
    if (producer == null) {
      add(call, options, found);
    } else {
      addOnce(call, options, found, producer, options.ownId());
    }
  }

  private void addOnce(
      Call call, AddOptions options, @Nullable StreamValue found, byte[] producer, byte[] ownId) {
    Producers producers = found == null ? null : found.producers();
    StreamId before = producers == null ? null : producers.find(producer, ownId, call.nowMillis());
    if (producers != null && before != null) {
      producers.countDuplicate();
      call.reply().bulk(before.toBytes());
      return;
    }
    Added added = add(call, options, found);
    added.stream().makeProducers().record(producer, ownId, added.id(), call.nowMillis());
    call.effect(
        RecordProducer.XIDMPRECORD, call.request().bytes(1), producer, ownId, added.id().toBytes());
    if (options.trim() != null) {
      TrimStream.recordExactly(call, added.stream(), options.trim());
    }
  }

  private record Added(StreamValue stream, StreamId id) {}

  private Added add(Call call, AddOptions options, @Nullable StreamValue found) {
    StreamValue stream = found == null ? new StreamValue() : found;
    boolean delayed = isDelayed(call, options);
    StreamId id = delayed ? StreamId.MIN : chooseId(stream, options.id(), call.nowMillis());
    if (StreamValue.isTooLarge(call.request(), options.firstField())) {
      throw new CommandException("ERR Elements are too large to be stored");
    }
    if (options.id() != null && delayed && stream.isDelayed(options.id().id())) {
      throw new CommandException("ERR A delayed entry of that ID is there already");
    }
    // Nothing is refused from here on.
    List<DueChange> due = options.id() == null ? addDue(call, stream) : List.of();
    if (!due.isEmpty() && !delayed) {
      id = automaticId(stream, call.nowMillis());
    }
    if (found == null) {
      call.putKey(1, stream);
    }
    if (delayed) {
      id = delay(call, options, stream);
    } else {
      stream.append(id, call.request(), options.firstField(), limits);
    }
    call.reply().bulk(StreamId.toBytes(id.ms(), id.seq()));
    long trimmed = options.trim() == null ? 0 : stream.trim(options.trim());
    call.changed(1);
    if (!delayed) {
      call.happened(1, KeyEvent.XADD);
    }
    if (trimmed > 0) {
      call.happened(1, KeyEvent.XTRIM);
    }
    boolean alone = due.isEmpty() && options.producer() == null && !delayed;
    record(call, options, stream, id, alone);
    return new Added(stream, id);
  }

  /**
   * What is due by now was to come before an entry whose id is chosen now. Where the id is given it
   * is not: an effect is to do nothing by itself.
   */
  private static List<DueChange> addDue(Call call, StreamValue stream) {
    long lastMillis = stream.lastId().ms();
    boolean isAhead = lastMillis < 0 || lastMillis > call.nowMillis();
    if (isAhead || stream.dueMillis() == Value.NEVER) {
      return List.of();
    }
    List<DueChange> due = stream.doDue(call.request().bytes(1), call.nowMillis());
    for (DueChange change : due) {
      call.effect(change.effect());
      if (change.event() != null) {
        call.happened(1, change.event());
      }
    }
    return due;
  }

  /** A time that is past delays nothing, but for an effect that tells the id. */
  private static boolean isDelayed(Call call, AddOptions options) {
    return options.dueMillis() > call.nowMillis()
        || (options.dueMillis() != AddOptions.NOT_DELAYED && options.id() != null);
  }

  private StreamId delay(Call call, AddOptions options, StreamValue stream) {
    Request request = call.request();
    byte[][] elements = new byte[request.count() - options.firstField()][];
    for (int i = 0; i < elements.length; i++) {
      elements[i] = request.bytes(options.firstField() + i);
    }
    @Nullable StreamId given = options.id() == null ? null : options.id().id();
    StreamId id = stream.delay(options.dueMillis(), given, Request.of(elements), limits);
    call.wakeKeyAt(1, options.dueMillis());
    return id;
  }

  private static StreamId chooseId(
      StreamValue stream, IdArgument.@Nullable NewId given, long nowMillis) {
    StreamId last = stream.lastId();
    if (last.equals(StreamId.MAX)) {
      throw new CommandException(
          "ERR The stream has exhausted the last possible ID, unable to add more items");
    }
    if (given == null) {
      return automaticId(stream, nowMillis);
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

  /** The next id of a stream whose last one is not the very last. */
  static StreamId automaticId(StreamValue stream, long nowMillis) {
    StreamId last = stream.lastId();
    boolean later = Long.compareUnsigned(nowMillis, last.ms()) > 0;
    return later ? new StreamId(nowMillis, 0) : last.next();
  }

  /**
   * With the id that was chosen, and what trimming by blocks left as an exact length. Where a
   * producer's id is recorded behind it the entry must still be there, so that the trim comes last.
   *
   * @param alone whether the request as it is may be its own effect
   */
  private static void record(
      Call call, AddOptions options, StreamValue stream, StreamId id, boolean alone) {
    Trim trim = options.producer() == null ? options.trim() : null;
    boolean asAsked = alone && options.id() != null && options.id().isComplete();
    boolean exact = trim == null || !trim.approximate();
    if ((asAsked && exact) || !call.slot().effects().isWanted()) {
      return;
    }
    Request request = call.request();
    List<byte[]> words = new ArrayList<>(List.of(XADD, request.bytes(1)));
    if (trim != null) {
      words.addAll(TrimStream.exactly(stream, trim));
    }
    if (stream.isDelayed(id)) {
      words.addAll(List.of(AT, Words.of(id.ms())));
    }
    words.add(id.toBytes());
    for (int i = options.firstField(); i < request.count(); i++) {
      words.add(request.bytes(i));
    }
    call.effect(words.toArray(byte[][]::new));
  }
}
