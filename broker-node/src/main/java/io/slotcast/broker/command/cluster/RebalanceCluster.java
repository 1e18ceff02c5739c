package io.slotcast.broker.command.cluster;

import static io.slotcast.broker.command.CommandFlag.ADMIN;

import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandDoc.Type;
import io.slotcast.broker.command.CommandException;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.command.LaterReply;
import io.slotcast.broker.migration.Rebalance;
import io.slotcast.broker.migration.Rebalance.Measure;
import io.slotcast.broker.migration.SlotOwners;
import io.slotcast.broker.resp.Request;
import io.slotcast.broker.resp.RespWriter;
import io.slotcast.membership.resharding.RebalancePlan.Move;
import io.slotcast.router.SlotHash;
import java.util.List;
import java.util.Locale;

/**
 * CLUSTER REBALANCE [SLOTS | KEYS] [DRYRUN] [BATCH slots] | STATUS | CANCEL: evens out slots or
 * keys over the primaries, and replies with what moves: source, target, ranges and number of slots.
 * Slotcast's own.
 */
final class RebalanceCluster implements Command {
  private static final int DEFAULT_BATCH = 1000;

  private static final CommandSpec SPEC =
      CommandSpec.command("rebalance", -2)
          .flags(ADMIN)
          .doc("cluster", "7.0.0", "Evens out hash slots or keys over the primaries.")
          .complexity("O(N) where N is the total number of slots.")
          .arguments(
              Argument.oneOf("measure", Argument.token("slots"), Argument.token("keys"))
                  .asOptional(),
              Argument.token("dryrun").asOptional(),
              Argument.of("slots", Type.INTEGER).withToken("BATCH").asOptional(),
              Argument.token("status").asOptional(),
              Argument.token("cancel").asOptional())
          .build();

  private final Rebalance rebalance;

  RebalanceCluster(Rebalance rebalance) {
    this.rebalance = rebalance;
  }

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    Request request = call.request();
    if (request.count() == 3 && request.is(2, "STATUS")) {
      writeStatus(rebalance.status(), call.reply());
    } else if (request.count() == 3 && request.is(2, "CANCEL")) {
      if (!rebalance.cancel()) {
        throw new CommandException("ERR No rebalancing goes on");
      }
      call.reply().ok();
    } else {
      begin(call);
    }
  }

  private void begin(Call call) {
    Request request = call.request();
    Measure measure = Measure.SLOTS;
    boolean dryRun = false;
    long batch = DEFAULT_BATCH;
    for (int i = 2; i < request.count(); i++) {
      if (request.is(i, "SLOTS") || request.is(i, "KEYS")) {
        measure = request.is(i, "KEYS") ? Measure.KEYS : Measure.SLOTS;
      } else if (request.is(i, "DRYRUN")) {
        dryRun = true;
      } else if (request.is(i, "BATCH") && i + 1 < request.count()) {
        batch = call.longArgument(++i);
      } else {
        throw CommandException.syntax();
      }
    }
    if (batch < 1 || batch > SlotHash.SLOTS) {
      throw new CommandException("ERR BATCH must be between 1 and " + SlotHash.SLOTS);
    }
    int slotsAtOnce = (int) batch;
    boolean onlyTells = dryRun;
    Measure wanted = measure;
    LaterReply reply = call.replyLater();
    rebalance
        .plan(wanted)
        .whenComplete(
            (plan, failure) -> {
              if (failure != null) {
                reply.error("ERR " + SlotOwners.text(failure));
              } else if (!onlyTells && !rebalance.begin(plan, slotsAtOnce)) {
                reply.error("ERR A rebalancing goes on already");
              } else {
                reply.give(to -> writePlan(plan, to));
              }
            });
  }

  private static void writePlan(List<Move> plan, RespWriter reply) {
    reply.array(plan.size());
    for (Move move : plan) {
      reply.array(4);
      reply.bulk(move.source().hex());
      reply.bulk(move.target().hex());
      reply.bulk(move.slots().toString());
      reply.integer(move.slots().size());
    }
  }

  private static void writeStatus(Rebalance.Status status, RespWriter reply) {
    reply.map(6);
    reply.bulk("state");
    reply.bulk(status.state().name().toLowerCase(Locale.ROOT));
    number(reply, "batches", status.batches());
    number(reply, "batches_done", status.batchesDone());
    number(reply, "slots", status.slots());
    number(reply, "slots_done", status.slotsDone());
    reply.bulk("last_error");
    reply.bulk(status.error());
  }

  private static void number(RespWriter reply, String name, long value) {
    reply.bulk(name);
    reply.integer(value);
  }
}
