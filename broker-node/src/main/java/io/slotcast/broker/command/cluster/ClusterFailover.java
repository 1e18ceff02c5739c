package io.slotcast.broker.command.cluster;

import static io.slotcast.broker.command.CommandFlag.ADMIN;
import static io.slotcast.broker.command.CommandFlag.NO_ASYNC_LOADING;
import static io.slotcast.broker.command.CommandFlag.STALE;

import io.slotcast.broker.cluster.ClusterView;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandException;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.resp.Request;
import java.util.function.BooleanSupplier;

/**
 * CLUSTER FAILOVER [FORCE | TAKEOVER]: this replica is to be the primary. Replies at once; the rest
 * follows. TAKEOVER is FORCE here, since nobody owns a slot that the voters have not given.
 */
final class ClusterFailover implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("failover", -2)
          .flags(ADMIN, STALE, NO_ASYNC_LOADING)
          .doc("cluster", "3.0.0", "Makes this replica the primary of its shard.")
          .arguments(
              Argument.oneOf("options", Argument.token("force"), Argument.token("takeover"))
                  .asOptional())
          .build();

  private final ClusterView cluster;
  private final BooleanSupplier followsPrimary;

  /**
   * @param followsPrimary whether this replica's link to its primary is up
   */
  ClusterFailover(ClusterView cluster, BooleanSupplier followsPrimary) {
    this.cluster = cluster;
    this.followsPrimary = followsPrimary;
  }

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    boolean forced = isForced(call.request());
    if (!cluster.isReplica()) {
      throw new CommandException("ERR You should send CLUSTER FAILOVER to a replica");
    }
    if (!forced && !followsPrimary.getAsBoolean()) {
      throw new CommandException("ERR Master is down or failed, please use CLUSTER FAILOVER FORCE");
    }
    cluster.membership().requestFailover(forced);
    call.reply().ok();
  }

  private static boolean isForced(Request request) {
    if (request.count() == 2) {
      return false;
    }
    if (request.count() > 3) {
      throw CommandException.unknownSubcommand(request, "CLUSTER");
    }
    if (request.is(2, "FORCE") || request.is(2, "TAKEOVER")) {
      return true;
    }
    throw CommandException.syntax();
  }
}
