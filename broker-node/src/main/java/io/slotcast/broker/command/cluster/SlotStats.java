package io.slotcast.broker.command.cluster;

import static io.slotcast.broker.command.CommandFlag.LOADING;
import static io.slotcast.broker.command.CommandFlag.STALE;

import io.slotcast.broker.cluster.ClusterView;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandDoc.Type;
import io.slotcast.broker.command.CommandException;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.keyspace.Slot;
import io.slotcast.broker.keyspace.SlotTable;
import io.slotcast.broker.resp.Request;
import io.slotcast.broker.resp.RespWriter;
import io.slotcast.router.Shard;
import io.slotcast.router.SlotHash;
import io.slotcast.router.SlotSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * CLUSTER SLOT-STATS, of Valkey 8 and Redis 8.2: what each slot of this node's shard holds and
 * costs on this node. SLOTSRANGE first last, by slot; or ORDERBY metric [LIMIT n] [ASC | DESC].
 */
final class SlotStats implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("slot-stats", -4)
          .flags(STALE, LOADING)
          .tips("nondeterministic_output", "request_policy:all_shards")
          .doc("cluster", "8.0.0", "Returns what slots of this node's shard hold and cost.")
          .complexity("O(N*log(N)) where N is the number of slots asked for.")
          .arguments(
              Argument.oneOf(
                  "filter",
                  Argument.block(
                          "slotsrange",
                          Argument.of("start-slot", Type.INTEGER),
                          Argument.of("end-slot", Type.INTEGER))
                      .withToken("SLOTSRANGE"),
                  Argument.block(
                          "orderby",
                          Argument.of("metric", Type.STRING),
                          Argument.of("limit", Type.INTEGER).withToken("LIMIT").asOptional(),
                          Argument.oneOf("order", Argument.token("asc"), Argument.token("desc"))
                              .asOptional())
                      .withToken("ORDERBY")))
          .build();

  private final ClusterView cluster;
  private final SlotTable slots;

  SlotStats(ClusterView cluster, SlotTable slots) {
    this.cluster = cluster;
    this.slots = slots;
  }

  /** One slot's numbers as of one moment. */
  private record Stat(int slot, long keys, long nanos, long bytesIn, long bytesOut) {
    static Stat of(Slot slot) {
      return new Stat(
          slot.number(),
          slot.keys().count(),
          slot.usage().nanos(),
          slot.usage().bytesIn(),
          slot.usage().bytesOut());
    }

    static Stat unused(int slot) {
      return new Stat(slot, 0, 0, 0, 0);
    }
  }

  private enum Metric {
    KEY_COUNT,
    CPU_USEC,
    NETWORK_BYTES_IN,
    NETWORK_BYTES_OUT;

    long of(Stat stat) {
      return switch (this) {
        case KEY_COUNT -> stat.keys();
        case CPU_USEC -> stat.nanos() / 1000;
        case NETWORK_BYTES_IN -> stat.bytesIn();
        case NETWORK_BYTES_OUT -> stat.bytesOut();
      };
    }

    String redisName() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Metric named(String name) {
      return Arrays.stream(values())
          .filter(metric -> metric.redisName().equalsIgnoreCase(name))
          .findFirst()
          .orElseThrow(() -> new CommandException("ERR Unrecognized sort metric for ORDERBY."));
    }
  }

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    Request request = call.request();
    if (request.count() == 5 && request.is(2, "SLOTSRANGE")) {
      reply(inRange(call), call.reply());
    } else if (request.is(2, "ORDERBY")) {
      reply(ordered(call), call.reply());
    } else {
      throw new CommandException(
          "ERR unknown subcommand or wrong number of arguments for '"
              + request.text(1)
              + "'. Try CLUSTER HELP.");
    }
  }

  private List<Stat> inRange(Call call) {
    int first = slotArgument(call, 3);
    int last = slotArgument(call, 4);
    if (first > last) {
      throw new CommandException(
          "ERR Start slot number " + first + " is greater than end slot number " + last);
    }
    return stats(SlotSet.range(first, last));
  }

  private static int slotArgument(Call call, int i) {
    Request request = call.request();
    if (!request.isLong(i) || request.toLong(i) < 0 || request.toLong(i) >= SlotHash.SLOTS) {
      throw new CommandException("ERR Invalid or out of range slot");
    }
    return (int) request.toLong(i);
  }

  private List<Stat> ordered(Call call) {
    Metric metric = Metric.named(call.request().text(3));
    Order order = Order.of(call);
    Comparator<Stat> byMetric = Comparator.comparingLong(metric::of);
    List<Stat> stats = new ArrayList<>(stats(SlotSet.all()));
    stats.sort((order.ascending() ? byMetric : byMetric.reversed()).thenComparingInt(Stat::slot));
    return stats.subList(0, (int) Math.min(order.limit(), stats.size()));
  }

  /** What follows the metric of ORDERBY: the largest first unless it says otherwise. */
  private record Order(long limit, boolean ascending) {
    static Order of(Call call) {
      Request request = call.request();
      long limit = SlotHash.SLOTS;
      boolean ascending = false;
      int limits = 0;
      int directions = 0;
      for (int i = 4; i < request.count(); i++) {
        if (request.is(i, "LIMIT") && i + 1 < request.count()) {
          limit = limitArgument(request, ++i);
          limits++;
        } else if (request.is(i, "ASC") || request.is(i, "DESC")) {
          ascending = request.is(i, "ASC");
          directions++;
        } else {
          throw CommandException.syntax();
        }
        if (limits > 1 || directions > 1) {
          throw new CommandException("ERR Multiple filters of the same type are disallowed.");
        }
      }
      return new Order(limit, ascending);
    }

    private static long limitArgument(Request request, int i) {
      if (!request.isLong(i)) {
        throw CommandException.notAnInteger();
      }
      long limit = request.toLong(i);
      if (limit < 1 || limit > SlotHash.SLOTS) {
        throw new CommandException(
            "ERR Limit has to lie in between 1 and 16384 (maximum number of slots).");
      }
      return limit;
    }
  }

  /** The slots among {@code asked} that this node's shard owns, ascending. */
  private List<Stat> stats(SlotSet asked) {
    SlotSet own =
        cluster.topology().shardOf(cluster.self()).map(Shard::slots).orElse(SlotSet.empty());
    return asked.intersect(own).stream()
        .mapToObj(slot -> slots.query(slot, Stat::of, Stat.unused(slot)))
        .toList();
  }

  private static void reply(List<Stat> stats, RespWriter reply) {
    reply.array(stats.size());
    for (Stat stat : stats) {
      reply.array(2);
      reply.integer(stat.slot());
      reply.map(Metric.values().length);
      for (Metric metric : Metric.values()) {
        reply.bulk(metric.redisName());
        reply.integer(metric.of(stat));
      }
    }
  }
}
