package io.slotcast.broker.command.stream;

import static io.slotcast.broker.command.CommandFlag.READONLY;

import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandDoc.Type;
import io.slotcast.broker.command.CommandException;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.command.KeySpec;
import io.slotcast.broker.keyspace.stream.Consumer;
import io.slotcast.broker.keyspace.stream.ConsumerGroup;
import io.slotcast.broker.keyspace.stream.PendingEntries;
import io.slotcast.broker.keyspace.stream.PendingEntry;
import io.slotcast.broker.keyspace.stream.StreamId;
import io.slotcast.broker.keyspace.stream.StreamValue;
import io.slotcast.broker.resp.Request;
import io.slotcast.broker.resp.RespWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * XPENDING key group: how many entries are pending, the first and the last id, and how many with
 * each consumer. XPENDING key group [IDLE min-idle-ms] start end count [consumer]: each of them as
 * its id, consumer, milliseconds since its last delivery, and how often it was delivered.
 */
final class Pending implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("xpending", -3)
          .flags(READONLY)
          .categories(AclCategory.STREAM)
          .tips("nondeterministic_output")
          .keys(KeySpec.one(1, KeySpec.Flag.RO, KeySpec.Flag.ACCESS))
          .doc("stream", "5.0.0", "Returns what is pending with the consumers of a group.")
          .complexity("O(N) where N is the number of entries looked at.")
          .arguments(
              Argument.key("key", 0),
              Argument.of("group", Type.STRING),
              Argument.block(
                      "filters",
                      Argument.of("min-idle-time", Type.INTEGER).withToken("IDLE").asOptional(),
                      Argument.of("start", Type.STRING),
                      Argument.of("end", Type.STRING),
                      Argument.of("count", Type.INTEGER),
                      Argument.of("consumer", Type.STRING).asOptional())
                  .asOptional())
          .build();

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  /**
   * What the longer form asks for.
   *
   * @param consumerArgument where the consumer's name stands; 0 for all consumers
   */
  private record Filter(
      long minIdleMillis, StreamId from, StreamId to, long count, int consumerArgument) {}

  @Override
  public void run(Call call) {
    Filter filter = call.request().count() == 3 ? null : filter(call);
    ConsumerGroup group = GroupArgument.find(call, call.readKey(1, StreamValue.class), 2);
    if (group == null) {
      throw GroupArgument.noKeyOrGroup(call);
    }
    if (filter == null) {
      summary(call.reply(), group);
    } else {
      entries(call, group, filter);
    }
  }

  private static Filter filter(Call call) {
    Request request = call.request();
    if (request.count() < 6 || request.count() > 9) {
      throw CommandException.syntax();
    }
    int start = 3;
    long minIdle = 0;
    if (request.is(3, "IDLE")) {
      minIdle = call.longArgument(4);
      if (request.count() < 8) {
        throw CommandException.syntax();
      }
      start = 5;
    }
    long count = Math.max(call.longArgument(start + 2), 0);
    StreamId from = IdArgument.start(request, start);
    StreamId to = IdArgument.end(request, start + 1);
    return new Filter(minIdle, from, to, count, start + 3 < request.count() ? start + 3 : 0);
  }

  private static void summary(RespWriter reply, ConsumerGroup group) {
    PendingEntry first = group.pending().first();
    PendingEntry last = group.pending().last();
    reply.array(4);
    reply.integer(group.pending().size());
    if (first == null || last == null) {
      reply.nil();
      reply.nil();
      reply.nilArray();
      return;
    }
    reply.bulk(first.id().toBytes());
    reply.bulk(last.id().toBytes());
    List<Consumer> busy =
        group.consumers().stream().filter(each -> !each.pending().isEmpty()).toList();
    reply.array(busy.size());
    for (Consumer consumer : busy) {
      reply.array(2);
      reply.bulk(consumer.name());
      reply.bulk(consumer.pending().size());
    }
  }

  private static void entries(Call call, ConsumerGroup group, Filter filter) {
    RespWriter reply = call.reply();
    PendingEntries pending = group.pending();
    if (filter.consumerArgument() > 0) {
      Consumer consumer = group.consumer(call.request().bytes(filter.consumerArgument()));
      if (consumer == null) {
        reply.array(0);
        return;
      }
      pending = consumer.pending();
    }
    List<PendingEntry> found = find(group, pending, filter, call.nowMillis());
    reply.array(found.size());
    for (PendingEntry entry : found) {
      reply.array(4);
      reply.bulk(entry.id().toBytes());
      reply.bulk(entry.consumer().name());
      reply.integer(idleMillis(group, entry, call.nowMillis()));
      reply.integer(entry.deliveries());
    }
  }

  /** Since an entry's last delivery; -1, as in Redis 8.8, where it was released. */
  static long idleMillis(ConsumerGroup group, PendingEntry entry, long nowMillis) {
    return group.isReleased(entry) ? -1 : Math.max(nowMillis - entry.deliveredMillis(), 0);
  }

  private static List<PendingEntry> find(
      ConsumerGroup group, PendingEntries pending, Filter filter, long nowMillis) {
    List<PendingEntry> found = new ArrayList<>();
    @Nullable PendingEntry next = pending.ceiling(filter.from());
    while (next != null && found.size() < filter.count() && !next.id().isAfter(filter.to())) {
      if (group.isIdle(next, filter.minIdleMillis(), nowMillis)) {
        found.add(next);
      }
      next = pending.after(next.id());
    }
    return found;
  }
}
