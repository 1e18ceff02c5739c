package io.slotcast.broker.command.cluster;

import static io.slotcast.broker.command.CommandFlag.ADMIN;
import static io.slotcast.broker.command.CommandFlag.NO_ASYNC_LOADING;
import static io.slotcast.broker.command.CommandFlag.STALE;

import io.slotcast.broker.cluster.ClusterView;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandDoc.Type;
import io.slotcast.broker.command.CommandException;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.migration.SlotOwners;
import io.slotcast.broker.resp.Request;
import io.slotcast.router.NodeId;
import io.slotcast.router.Shard;
import io.slotcast.router.SlotHash;
import io.slotcast.router.Topology;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * CLUSTER SETSLOT slot MIGRATING node | IMPORTING node | STABLE | NODE node: opens a slot, closes
 * it, gives it to another. The cluster agrees on each, so both ends of an open slot know of it
 * whichever of them was told; the other's command finds that it is done.
 */
final class SetSlot implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("setslot", -4)
          .flags(ADMIN, STALE, NO_ASYNC_LOADING)
          .doc("cluster", "3.0.0", "Opens a hash slot, closes it, or gives it to a node.")
          .arguments(
              Argument.of("slot", Type.INTEGER),
              Argument.oneOf(
                  "subcommand",
                  Argument.of("node-id", Type.STRING).withToken("IMPORTING"),
                  Argument.of("node-id", Type.STRING).withToken("MIGRATING"),
                  Argument.of("node-id", Type.STRING).withToken("NODE"),
                  Argument.token("stable")))
          .build();

  private final ClusterView cluster;
  private final SlotOwners owners;

  SetSlot(ClusterView cluster, SlotOwners owners) {
    this.cluster = cluster;
    this.owners = owners;
  }

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    if (cluster.isReplica()) {
      throw new CommandException("ERR Please use SETSLOT only with masters.");
    }
    int slot = slot(call.request());
    Supplier<CompletionStage<Void>> action = action(call.request(), slot);
    if (call.request().is(3, "STABLE") && SlotClaim.covers(call, cluster, slot)) {
      call.reply().ok();
      return;
    }
    AgreedReply.ok(call, action);
  }

  static int slot(Request request) {
    long slot = request.isLong(2) ? request.toLong(2) : -1;
    if (slot < 0 || slot >= SlotHash.SLOTS) {
      throw new CommandException("ERR Invalid or out of range slot");
    }
    return (int) slot;
  }

  private Supplier<CompletionStage<Void>> action(Request request, int slot) {
    NodeId self = cluster.self();
    boolean isOwner = cluster.topology().slotsOf(self).contains(slot);
    if (request.is(3, "MIGRATING") && request.count() == 5) {
      if (!isOwner) {
        throw new CommandException("ERR I'm not the owner of hash slot " + slot);
      }
      NodeId target = primary(request, "I don't know about node ");
      return () -> owners.open(slot, self, target);
    } else if (request.is(3, "IMPORTING") && request.count() == 5) {
      if (isOwner) {
        throw new CommandException("ERR I'm already the owner of hash slot " + slot);
      }
      NodeId source = primary(request, "I don't know about node ");
      return () -> owners.open(slot, source, self);
    } else if (request.is(3, "STABLE") && request.count() == 4) {
      return () -> owners.close(slot);
    } else if (request.is(3, "NODE") && request.count() == 5) {
      NodeId target = primary(request, "Unknown node ");
      return () -> owners.give(slot, target);
    }
    throw new CommandException(
        "ERR Invalid CLUSTER SETSLOT action or number of arguments. Try CLUSTER HELP");
  }

  private NodeId primary(Request request, String unknown) {
    String name = request.text(4);
    Topology topology = cluster.topology();
    NodeId node =
        topology.nodes().stream()
            .filter(each -> each.id().hex().equals(name))
            .findFirst()
            .orElseThrow(() -> new CommandException("ERR " + unknown + name))
            .id();
    Shard shard = topology.shardOf(node).orElse(null);
    if (shard != null && !shard.primary().equals(node)) {
      throw new CommandException("ERR Target node is not a master");
    }
    return node;
  }
}
