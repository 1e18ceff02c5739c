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
import io.slotcast.broker.resp.RespWriter;
import java.util.function.BooleanSupplier;

/**
 * WAITAOF own replicas milliseconds: waits until what this client wrote is on this node's disk, if
 * {@code own} is 1, and on those of so many replicas, or the time is over, 0 for ever; replies on
 * how many disks of each kind it is. Of Redis 7.2.
 */
final class WaitAof implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("waitaof", 4)
          .flags(NOSCRIPT)
          .categories(AclCategory.CONNECTION)
          .tips("request_policy:all_shards", "response_policy:agg_min")
          .doc("generic", "7.2.0", "Waits until what this client wrote is on disks.")
          .complexity("O(1)")
          .arguments(
              Argument.of("numlocal", Type.INTEGER),
              Argument.of("numreplicas", Type.INTEGER),
              Argument.of("timeout", Type.INTEGER))
          .build();

  private final Replication replication;
  private final BooleanSupplier journaled;

  WaitAof(Replication replication, BooleanSupplier journaled) {
    this.replication = replication;
    this.journaled = journaled;
  }

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    long own = call.longArgument(1);
    if (own < 0 || own > 1) {
      throw new CommandException("ERR value is out of range, must be between 0 and 1");
    }
    long replicas = call.longArgument(2);
    if (replicas < 0) {
      throw new CommandException("ERR value is out of range, must be positive");
    }
    long millis = Wait.millis(call.request(), 3);
    if (replication.primary() != null) {
      throw new CommandException("ERR WAITAOF cannot be used with replica instances.");
    }
    if (own > 0 && !journaled.getAsBoolean()) {
      throw new CommandException(
          "ERR WAITAOF cannot be used when numlocal is set but appendonly is disabled.");
    }
    long offset = call.client().writeOffset();
    boolean there = ownDisks(offset) >= own && replication.replicasDurableAt(offset) >= replicas;
    if (there || call.isInTransaction()) {
      write(call.reply(), offset);
      return;
    }
    LaterReply later = call.replyLater();
    replication.awaitDisks(
        offset,
        own > 0,
        (int) Math.min(replicas, Integer.MAX_VALUE),
        millis,
        () -> later.give(reply -> write(reply, offset)));
  }

  private int ownDisks(long offset) {
    return journaled.getAsBoolean() && replication.durableOffset() >= offset ? 1 : 0;
  }

  private void write(RespWriter reply, long offset) {
    reply.array(2);
    reply.integer(ownDisks(offset));
    reply.integer(replication.replicasDurableAt(offset));
  }
}
