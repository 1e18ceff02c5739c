package io.slotcast.broker.command.cluster;

import static io.slotcast.broker.command.CommandFlag.ADMIN;
import static io.slotcast.broker.command.CommandFlag.NOSCRIPT;
import static io.slotcast.broker.command.CommandFlag.STALE;

import io.slotcast.broker.cluster.Administration;
import io.slotcast.broker.cluster.ClusterView;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandException;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.keyspace.KeyspaceTotals;
import io.slotcast.broker.keyspace.SlotTable;
import io.slotcast.broker.resp.Request;

/**
 * CLUSTER RESET [HARD | SOFT]: this node leaves its cluster and is one by itself, without slots and
 * keys; HARD under another name. A primary with keys does not; a replica's are its primary's.
 */
final class Reset implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("reset", -2)
          .flags(ADMIN, NOSCRIPT, STALE)
          .doc("cluster", "3.0.0", "Takes this node out of its cluster.")
          .complexity("O(N) where N is the number of keys")
          .arguments(
              Argument.oneOf("hard_soft", Argument.token("HARD"), Argument.token("SOFT"))
                  .asOptional())
          .build();

  private static final String KEYS =
      "CLUSTER RESET can't be called with master nodes containing keys";

  private final ClusterView cluster;
  private final SlotTable slots;
  private final Administration administration;

  Reset(ClusterView cluster, SlotTable slots, Administration administration) {
    this.cluster = cluster;
    this.slots = slots;
    this.administration = administration;
  }

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    boolean hard = isHard(call.request());
    if (cluster.isReplica()) {
      AgreedReply.ok(
          call,
          () ->
              administration
                  .reset(hard, () -> true, KEYS)
                  .thenRun(() -> slots.forEach(slot -> slot.keys().clear())));
      return;
    }
    if (!hasNoKeys()) {
      throw new CommandException("ERR " + KEYS);
    }
    AgreedReply.ok(call, () -> administration.reset(hard, this::hasNoKeys, KEYS));
  }

  private boolean hasNoKeys() {
    return KeyspaceTotals.of(slots).keys() == 0;
  }

  private static boolean isHard(Request request) {
    if (request.count() > 3) {
      throw CommandException.unknownSubcommand(request, "CLUSTER");
    }
    if (request.count() == 3 && !request.is(2, "HARD") && !request.is(2, "SOFT")) {
      throw CommandException.syntax();
    }
    return request.count() == 3 && request.is(2, "HARD");
  }
}
