package io.slotcast.broker.command.client;

import static io.slotcast.broker.command.CommandFlag.ADMIN;
import static io.slotcast.broker.command.CommandFlag.LOADING;
import static io.slotcast.broker.command.CommandFlag.NOSCRIPT;
import static io.slotcast.broker.command.CommandFlag.STALE;

import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandDoc.Type;
import io.slotcast.broker.command.CommandException;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.command.PauseGate;
import io.slotcast.broker.resp.Request;
import java.util.concurrent.TimeUnit;

/** CLIENT PAUSE milliseconds [WRITE|ALL]: commands wait until the pause is over. */
final class ClientPause implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("pause", -3)
          .flags(ADMIN, NOSCRIPT, LOADING, STALE)
          .categories(AclCategory.CONNECTION)
          .doc("connection", "2.9.50", "Lets the commands of all clients wait for some time.")
          .arguments(
              Argument.of("timeout", Type.INTEGER),
              Argument.oneOf("mode", Argument.token("WRITE"), Argument.token("ALL")).asOptional())
          .build();

  private static final long LONGEST_TIMER_MILLIS = 60_000;

  private final PauseGate gate;

  ClientPause(PauseGate gate) {
    this.gate = gate;
  }

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    Request request = call.request();
    if (request.count() > 4) {
      throw CommandException.unknownSubcommand(request, "CLIENT");
    }
    boolean onlyWrites = request.count() == 4 && request.is(3, "WRITE");
    if (request.count() == 4 && !onlyWrites && !request.is(3, "ALL")) {
      throw new CommandException("ERR CLIENT PAUSE mode must be WRITE or ALL");
    }
    long millis = timeout(request);
    long now = call.nowMillis();
    gate.pause(millis > Long.MAX_VALUE - now ? Long.MAX_VALUE : now + millis, onlyWrites);
    // A longer pause is ended by the sweep of each second.
    call.loop()
        .eventLoop()
        .schedule(gate::tick, Math.min(millis, LONGEST_TIMER_MILLIS) + 1, TimeUnit.MILLISECONDS);
    call.reply().ok();
  }

  private static long timeout(Request request) {
    if (!request.isLong(2)) {
      throw new CommandException("ERR timeout is not an integer or out of range");
    }
    long millis = request.toLong(2);
    if (millis < 0) {
      throw new CommandException("ERR timeout is negative");
    }
    return millis;
  }
}
