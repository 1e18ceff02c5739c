package io.slotcast.broker.command.cluster;

import static io.slotcast.broker.command.CommandFlag.ADMIN;
import static io.slotcast.broker.command.CommandFlag.NO_ASYNC_LOADING;
import static io.slotcast.broker.command.CommandFlag.STALE;

import io.slotcast.broker.cluster.Administration;
import io.slotcast.broker.cluster.ClusterView;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandDoc.Type;
import io.slotcast.broker.command.CommandException;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.keyspace.SlotTable;
import io.slotcast.broker.resp.Request;
import io.slotcast.router.SlotHash;
import io.slotcast.router.SlotRange;
import io.slotcast.router.SlotSet;
import io.slotcast.router.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * CLUSTER ADDSLOTS slot…, DELSLOTS slot…, ADDSLOTSRANGE start end…, DELSLOTSRANGE start end…: this
 * node becomes the owner of slots that have none, or gives up slots of its own.
 */
final class SlotAssignment implements Command {
  private static final Logger log = LoggerFactory.getLogger(SlotAssignment.class);

  private final CommandSpec spec;
  private final boolean adds;
  private final boolean ranges;
  private final ClusterView cluster;
  private final SlotTable keys;
  private final Administration administration;

  private SlotAssignment(
      CommandSpec spec,
      boolean adds,
      boolean ranges,
      ClusterView cluster,
      SlotTable keys,
      Administration administration) {
    this.keys = keys;
    this.spec = spec;
    this.adds = adds;
    this.ranges = ranges;
    this.cluster = cluster;
    this.administration = administration;
  }

  static List<Command> all(ClusterView cluster, SlotTable keys, Administration administration) {
    Argument slot = Argument.of("slot", Type.INTEGER).asMultiple();
    Argument range =
        Argument.block(
                "start-slot_end-slot",
                Argument.of("start-slot", Type.INTEGER),
                Argument.of("end-slot", Type.INTEGER))
            .asMultiple();
    return List.of(
        new SlotAssignment(
            spec("addslots", -3, "3.0.0", "Assigns hash slots to this node.", slot),
            true,
            false,
            cluster,
            keys,
            administration),
        new SlotAssignment(
            spec("addslotsrange", -4, "7.0.0", "Assigns ranges of hash slots to this node.", range),
            true,
            true,
            cluster,
            keys,
            administration),
        new SlotAssignment(
            spec("delslots", -3, "3.0.0", "Leaves hash slots of this node without owner.", slot),
            false,
            false,
            cluster,
            keys,
            administration),
        new SlotAssignment(
            spec(
                "delslotsrange",
                -4,
                "7.0.0",
                "Leaves ranges of hash slots of this node without owner.",
                range),
            false,
            true,
            cluster,
            keys,
            administration));
  }

  private static CommandSpec spec(
      String name, int arity, String since, String summary, Argument argument) {
    return CommandSpec.command(name, arity)
        .flags(ADMIN, STALE, NO_ASYNC_LOADING)
        .doc("cluster", since, summary)
        .arguments(argument)
        .build();
  }

  @Override
  public CommandSpec spec() {
    return spec;
  }

  @Override
  public void run(Call call) {
    SlotSet slots = ranges ? ranges(call.request()) : single(call.request());
    if (slots.stream().allMatch(slot -> SlotClaim.covers(call, cluster, slot))) {
      claim(slots);
      call.reply().ok();
      return;
    }
    if (!adds && slots.stream().allMatch(this::isStray)) {
      // redis-cli --cluster fix says so to who has keys of another's slot, before it fetches them.
      call.reply().ok();
      return;
    }
    check(slots);
    AgreedReply.ok(
        call, () -> adds ? administration.assign(slots) : administration.unassign(slots));
  }

  /**
   * Whether another node owns a slot of which there are keys here: it is not this node's at all.
   */
  private boolean isStray(int number) {
    return cluster.topology().isOfAnotherShard(number, cluster.self())
        && keys.query(number, slot -> slot.keys().count() > 0, false);
  }

  /** See {@link SlotClaim}. */
  private void claim(SlotSet slots) {
    SlotSet unassigned = slots.minus(cluster.topology().assigned());
    if (!unassigned.isEmpty() && !adds) {
      throw new CommandException("ERR Slot " + unassigned.first() + " is already unassigned");
    }
    if (!unassigned.isEmpty()) {
      administration
          .assign(unassigned)
          .exceptionally(
              failure -> {
                log.warn("Slots {} do not become this node's", unassigned, failure);
                return null;
              });
    }
  }

  private static SlotSet single(Request request) {
    List<SlotRange> named = new ArrayList<>();
    for (int i = 2; i < request.count(); i++) {
      int slot = slot(request, i);
      named.add(new SlotRange(slot, slot));
    }
    return union(named);
  }

  private static SlotSet ranges(Request request) {
    if (request.count() % 2 != 0) {
      String name = request.text(1).toLowerCase(Locale.ROOT);
      throw new CommandException(
          "ERR wrong number of arguments for 'cluster|" + name + "' command");
    }
    List<SlotRange> named = new ArrayList<>();
    for (int i = 2; i < request.count(); i += 2) {
      int start = slot(request, i);
      int end = slot(request, i + 1);
      if (start > end) {
        throw new CommandException(
            "ERR start slot number " + start + " is greater than end slot number " + end);
      }
      named.add(new SlotRange(start, end));
    }
    return union(named);
  }

  private static int slot(Request request, int index) {
    long slot = request.isLong(index) ? request.toLong(index) : -1;
    if (slot < 0 || slot >= SlotHash.SLOTS) {
      throw new CommandException("ERR Invalid or out of range slot");
    }
    return (int) slot;
  }

  private static SlotSet union(List<SlotRange> named) {
    SlotSet all = SlotSet.empty();
    for (SlotRange range : named) {
      SlotSet more = SlotSet.range(range.first(), range.last());
      SlotSet twice = all.intersect(more);
      if (!twice.isEmpty()) {
        throw new CommandException("ERR Slot " + twice.first() + " specified multiple times");
      }
      all = all.union(more);
    }
    return all;
  }

  private void check(SlotSet slots) {
    Topology topology = cluster.topology();
    SlotSet assigned = topology.assigned();
    SlotSet wrong = adds ? slots.intersect(assigned) : slots.minus(assigned);
    if (!wrong.isEmpty()) {
      throw new CommandException(
          "ERR Slot " + wrong.first() + (adds ? " is already busy" : " is already unassigned"));
    }
    SlotSet others = slots.minus(topology.slotsOf(cluster.self()));
    if (!adds && !others.isEmpty()) {
      throw new CommandException("ERR I'm not the owner of hash slot " + others.first());
    }
    if (adds && cluster.isReplica()) {
      throw new CommandException("ERR Slots are owned by masters, this node is a replica");
    }
  }
}
