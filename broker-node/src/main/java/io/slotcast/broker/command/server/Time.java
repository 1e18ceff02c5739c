package io.slotcast.broker.command.server;

import static io.slotcast.broker.command.CommandFlag.FAST;
import static io.slotcast.broker.command.CommandFlag.LOADING;
import static io.slotcast.broker.command.CommandFlag.STALE;

import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandSpec;
import java.time.Instant;
import java.time.InstantSource;

/** TIME: the seconds of the Unix epoch, and the microseconds in them. */
final class Time implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("time", 1)
          .flags(LOADING, STALE, FAST)
          .tips("nondeterministic_output")
          .doc("server", "2.6.0", "Tells the time of this node's clock.")
          .build();

  private final InstantSource clock;

  Time(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    Instant now = clock.instant();
    call.reply().array(2);
    call.reply().bulk(now.getEpochSecond());
    call.reply().bulk(now.getNano() / 1000);
  }
}
