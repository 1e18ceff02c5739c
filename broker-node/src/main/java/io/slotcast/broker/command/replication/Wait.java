package io.slotcast.broker.command.replication;

import static io.slotcast.broker.command.CommandFlag.NOSCRIPT;

import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandDoc.Type;
import io.slotcast.broker.command.CommandException;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.command.LaterReply;
import io.slotcast.broker.replication.Replication;
import io.slotcast.broker.resp.Request;

/**
 * WAIT replicas milliseconds: waits until so many replicas have what this client wrote, or the time
 * is over, 0 for ever; replies how many have it.
 */
final class Wait implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("wait", 3)
          .flags(NOSCRIPT)
          .categories(AclCategory.CONNECTION)
          .tips("request_policy:all_shards", "response_policy:agg_min")
          .doc("generic", "3.0.0", "Waits until replicas have what this client wrote.")
          .complexity("O(1)")
          .arguments(Argument.of("numreplicas", Type.INTEGER), Argument.of("timeout", Type.INTEGER))
          .build();

  private final Replication replication;

  Wait(Replication replication) {
    this.replication = replication;
  }

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    if (replication.primary() != null) {
      throw new CommandException(
          "ERR WAIT cannot be used with replica instances. Please also note that since Redis 4.0 if"
              + " a replica is configured to be writable (which is not the default) writes to"
              + " replicas are just local and are not propagated.");
    }
    long replicas = call.longArgument(1);
    long millis = millis(call.request(), 2);
    long offset = call.client().writeOffset();
    int there = replication.replicasAt(offset);
    if (there >= replicas || call.isInTransaction()) {
      call.reply().integer(there);
      return;
    }
    LaterReply later = call.replyLater();
    replication.awaitReplicas(
        offset,
        (int) Math.min(replicas, Integer.MAX_VALUE),
        millis,
        () -> later.give(reply -> reply.integer(replication.replicasAt(offset))));
  }

  static long millis(Request request, int i) {
    if (!request.isLong(i)) {
      throw new CommandException("ERR timeout is not an integer or out of range");
    }
    long millis = request.toLong(i);
    if (millis < 0) {
      throw new CommandException("ERR timeout is negative");
    }
    return millis;
  }
}
