package io.slotcast.broker.command.server;

import static io.slotcast.broker.command.CommandFlag.WRITE;

import io.slotcast.broker.cluster.ClusterView;
import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandException;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.keyspace.SlotTable;
import io.slotcast.broker.resp.Request;

/**
 * FLUSHALL and FLUSHDB [ASYNC|SYNC], which are the same, since there is one database: all keys of
 * this node. Either way the memory is given back by the garbage collector later.
 */
final class Flush implements Command {
  private final CommandSpec spec;
  private final SlotTable slots;
  private final ClusterView cluster;

  Flush(String name, SlotTable slots, ClusterView cluster) {
    this.spec =
        CommandSpec.command(name, -1)
            .flags(WRITE)
            .categories(AclCategory.KEYSPACE, AclCategory.DANGEROUS)
            .tips("request_policy:all_shards", "response_policy:all_succeeded")
            .doc("server", "1.0.0", "Removes all keys of this node.")
            .complexity("O(N) where N is the number of keys")
            .arguments(
                Argument.oneOf("async", Argument.token("ASYNC"), Argument.token("SYNC"))
                    .asOptional())
            .build();
    this.slots = slots;
    this.cluster = cluster;
  }

  @Override
  public CommandSpec spec() {
    return spec;
  }

  @Override
  public void run(Call call) {
    Request request = call.request();
    boolean known =
        request.count() == 1
            || (request.count() == 2 && (request.is(1, "ASYNC") || request.is(1, "SYNC")));
    if (!known) {
      throw CommandException.syntax();
    }
    checkMayWrite();
    slots.forEach(slot -> slot.keys().clear());
    call.reply().ok();
  }

  /** What routing checks for commands with keys. */
  private void checkMayWrite() {
    if (cluster.isReplica()) {
      throw new CommandException("READONLY You can't write against a read only replica.");
    }
    if (!cluster.membership().statistics().leaseHeld()) {
      throw new CommandException("CLUSTERDOWN The cluster is down");
    }
  }
}
