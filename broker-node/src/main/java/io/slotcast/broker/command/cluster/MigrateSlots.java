package io.slotcast.broker.command.cluster;

import static io.slotcast.broker.command.CommandFlag.ADMIN;
import static io.slotcast.broker.command.CommandFlag.NO_ASYNC_LOADING;

import io.slotcast.broker.cluster.ClusterView;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandDoc.Type;
import io.slotcast.broker.command.CommandException;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.migration.Migrations;
import io.slotcast.broker.resp.Request;
import io.slotcast.router.NodeId;
import io.slotcast.router.Shard;
import io.slotcast.router.SlotSet;
import java.util.ArrayList;
import java.util.List;

/**
 * CLUSTER MIGRATESLOTS SLOTSRANGE first last [first last …] NODE id [SLOTSRANGE … NODE id …]: slots
 * of this node go to others, each block at once, as in Valkey 9. Replies when they have begun to.
 */
final class MigrateSlots implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("migrateslots", -7)
          .flags(ADMIN, NO_ASYNC_LOADING)
          .doc("cluster", "9.0.0", "Moves hash slots of this node to others.")
          .complexity("O(N) where N is the total number of slots.")
          .arguments(
              Argument.block(
                      "migration",
                      Argument.block(
                              "range",
                              Argument.of("start-slot", Type.INTEGER),
                              Argument.of("end-slot", Type.INTEGER))
                          .withToken("SLOTSRANGE")
                          .asMultiple(),
                      Argument.of("node-id", Type.STRING).withToken("NODE"))
                  .asMultiple())
          .build();

  private final ClusterView cluster;
  private final Migrations migrations;

  private record Wanted(SlotSet slots, NodeId target) {}

  MigrateSlots(ClusterView cluster, Migrations migrations) {
    this.cluster = cluster;
    this.migrations = migrations;
  }

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    if (cluster.isReplica()) {
      throw new CommandException("ERR Slot migration can only be used on primary nodes.");
    }
    List<Wanted> all = wanted(call.request());
    SlotSet slots = SlotSet.empty();
    for (Wanted each : all) {
      if (slots.intersects(each.slots())) {
        throw new CommandException("ERR Slot ranges overlap");
      }
      slots = slots.union(each.slots());
    }
    String refusal = migrations.refusal(slots, cluster.self());
    if (refusal != null) {
      throw new CommandException("ERR " + refusal);
    }
    all.forEach(each -> migrations.export(each.slots(), each.target()));
    call.reply().ok();
  }

  private List<Wanted> wanted(Request request) {
    List<Wanted> all = new ArrayList<>();
    int at = 2;
    while (at < request.count()) {
      int node = at;
      while (node < request.count() && !request.is(node, "NODE")) {
        node++;
      }
      if (!request.is(at, "SLOTSRANGE") || node + 1 >= request.count()) {
        throw CommandException.syntax();
      }
      SlotSet slots = SlotArguments.ranges(request, at + 1, node);
      all.add(new Wanted(slots, target(request.text(node + 1))));
      at = node + 2;
    }
    return all;
  }

  private NodeId target(String name) {
    NodeId node =
        cluster.topology().nodes().stream()
            .filter(each -> each.id().hex().equals(name))
            .findFirst()
            .orElseThrow(() -> new CommandException("ERR Unknown node " + name))
            .id();
    Shard shard = cluster.topology().shardOf(node).orElse(null);
    if (node.equals(cluster.self()) || shard == null || !shard.primary().equals(node)) {
      throw new CommandException("ERR Target node must be another primary");
    }
    return node;
  }
}
