package io.slotcast.broker.command.info;

import io.slotcast.broker.command.Call;
import io.slotcast.broker.keyspace.KeyspaceTotals;
import io.slotcast.broker.keyspace.SlotTable;

/** What tools wait for: nothing is being loaded, saved or rewritten. */
final class PersistenceSection implements InfoSection {
  private final SlotTable slots;
  private final long startedMillis;

  PersistenceSection(SlotTable slots, long startedMillis) {
    this.slots = slots;
    this.startedMillis = startedMillis;
  }

  @Override
  public String title() {
    return "Persistence";
  }

  @Override
  public Shown shown() {
    return Shown.BY_DEFAULT;
  }

  @Override
  public void write(InfoLines lines, Call call) {
    lines.zeros("loading", "async_loading");
    lines.field("rdb_changes_since_last_save", KeyspaceTotals.of(slots).changes());
    lines.zeros("rdb_bgsave_in_progress");
    lines.field("rdb_last_save_time", startedMillis / 1000);
    lines.field("rdb_last_bgsave_status", "ok");
    lines.field("rdb_last_bgsave_time_sec", -1);
    lines.field("rdb_current_bgsave_time_sec", -1);
    lines.zeros("rdb_saves", "aof_enabled", "aof_rewrite_in_progress", "aof_rewrite_scheduled");
    lines.field("aof_last_rewrite_time_sec", -1);
    lines.field("aof_current_rewrite_time_sec", -1);
    lines.field("aof_last_bgrewrite_status", "ok");
    lines.field("aof_last_write_status", "ok");
  }
}
