package io.slotcast.broker.command.info;

import io.slotcast.broker.command.Call;

/** How often each command ran, and how long it took. */
final class CommandStatsSection implements InfoSection {
  @Override
  public String title() {
    return "Commandstats";
  }

  @Override
  public Shown shown() {
    return Shown.WITH_ALL;
  }

  @Override
  public void write(InfoLines lines, Call call) {
    CommandsSeen.forEach(
        call.commands(),
        (command, statistics) -> {
          long calls = statistics.calls();
          long micros = statistics.nanos() / 1000;
          double each = calls == 0 ? 0 : (double) micros / calls;
          lines.field(
              "cmdstat_" + command.fullName(),
              "calls="
                  + calls
                  + ",usec="
                  + micros
                  + ",usec_per_call="
                  + InfoLines.decimal(each, 2)
                  + ",rejected_calls="
                  + statistics.rejectedCalls()
                  + ",failed_calls="
                  + statistics.failedCalls());
        });
  }
}
