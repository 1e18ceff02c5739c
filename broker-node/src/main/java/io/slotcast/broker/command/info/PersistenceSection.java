package io.slotcast.broker.command.info;

import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.persistence.Persistence;

/** What is kept on disk, and what of that is under way. */
final class PersistenceSection implements InfoSection {
  private final Persistence persistence;

  PersistenceSection(Persistence persistence) {
    this.persistence = persistence;
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
    Persistence.State state = persistence.state();
    Persistence.Loading loading = state.loading();
    lines.field("loading", number(loading != null));
    lines.zeros("async_loading");
    lines.field("rdb_changes_since_last_save", state.changesSinceSave());
    lines.field("rdb_bgsave_in_progress", number(state.saving()));
    lines.field("rdb_last_save_time", state.lastSaveSeconds());
    lines.field("rdb_last_bgsave_status", status(state.lastSaveOk()));
    lines.field("rdb_last_bgsave_time_sec", state.lastSaveTookSeconds());
    lines.field("rdb_current_bgsave_time_sec", state.savingForSeconds());
    lines.field("rdb_saves", state.saves());
    lines.field("rdb_last_load_keys_expired", state.keysExpired());
    lines.field("rdb_last_load_keys_loaded", state.keysLoaded());
    lines.field("aof_enabled", number(state.journalEnabled()));
    lines.field("aof_rewrite_in_progress", number(state.rewriting()));
    lines.field("aof_rewrite_scheduled", number(state.rewriteScheduled()));
    lines.field("aof_last_rewrite_time_sec", state.lastRewriteTookSeconds());
    lines.field("aof_current_rewrite_time_sec", state.rewritingForSeconds());
    lines.field("aof_last_bgrewrite_status", status(state.lastRewriteOk()));
    lines.field("aof_rewrites", state.rewrites());
    lines.field("aof_last_write_status", status(state.lastWriteOk()));
    Persistence.JournalState journal = state.journal();
    if (journal != null) {
      write(lines, journal);
    }
    if (loading != null) {
      write(lines, loading);
    }
  }

  private static void write(InfoLines lines, Persistence.JournalState journal) {
    lines.field("aof_current_size", journal.currentSize());
    lines.field("aof_base_size", journal.baseSize());
    lines.field("aof_pending_rewrite", number(journal.pendingRewrite()));
    lines.field("aof_buffer_length", journal.bufferLength());
    lines.field("aof_pending_bio_fsync", number(journal.pendingFsync()));
    lines.field("aof_delayed_fsync", journal.delayedFsync());
  }

  private static void write(InfoLines lines, Persistence.Loading loading) {
    lines.field("loading_start_time", loading.startSeconds());
    lines.field("loading_total_bytes", loading.totalBytes());
    lines.field("loading_loaded_bytes", loading.loadedBytes());
  }

  private static int number(boolean flag) {
    return flag ? 1 : 0;
  }

  private static String status(boolean ok) {
    return ok ? "ok" : "err";
  }
}
