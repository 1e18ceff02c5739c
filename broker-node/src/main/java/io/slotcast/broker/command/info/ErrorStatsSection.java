package io.slotcast.broker.command.info;

import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.ErrorStatistics;

/** Error replies by their code. */
final class ErrorStatsSection implements InfoSection {
  private final ErrorStatistics errors;

  ErrorStatsSection(ErrorStatistics errors) {
    this.errors = errors;
  }

  @Override
  public String title() {
    return "Errorstats";
  }

  @Override
  public Shown shown() {
    return Shown.BY_DEFAULT;
  }

  @Override
  public void write(InfoLines lines, Call call) {
    errors.byCode().forEach((code, count) -> lines.field("errorstat_" + code, "count=" + count));
  }
}
