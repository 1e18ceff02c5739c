package io.slotcast.broker.config;

import io.slotcast.broker.config.Directive.Change;
import java.util.List;

/** What is kept on disk, and when: snapshots and the journal. */
public final class PersistenceDirectives {
  /** When what was written to the journal is made durable. */
  public enum Fsync {
    /** Before a write is acknowledged. */
    ALWAYS,
    /** Once a second. */
    EVERYSEC,
    /** When the operating system likes. */
    NO
  }

  public final Directive<List<SavePoint>> save;
  public final Directive<String> dbFilename;
  public final Directive<Boolean> rdbChecksum;
  public final Directive<Long> rdbKeySaveDelay;
  public final Directive<Boolean> stopWritesOnBgsaveError;
  public final Directive<Boolean> appendOnly;
  public final Directive<Fsync> appendFsync;
  public final Directive<String> appendFilename;
  public final Directive<String> appendDirname;
  public final Directive<Boolean> noAppendFsyncOnRewrite;
  public final Directive<Long> autoRewritePercentage;
  public final Directive<Long> autoRewriteMinSize;
  public final Directive<Boolean> loadTruncated;
  public final Directive<Boolean> useRdbPreamble;
  public final Directive<Boolean> timestamps;

  private final DirectiveTable table;

  PersistenceDirectives(DirectiveTable table) {
    this.table = table;
    save =
        add(
            "save",
            new SavePointsType(),
            List.of(new SavePoint(3600, 1), new SavePoint(300, 100), new SavePoint(60, 10_000)),
            Change.AT_RUN_TIME,
            "A snapshot is made once so many seconds have passed with at least so many changes;"
                + " empty for never.");
    dbFilename =
        add(
            "dbfilename",
            new TextType(),
            "dump.rdb",
            Change.PROTECTED,
            "The snapshot's file in `dir`, which is also loaded at the start, where there is no"
                + " journal.");
    rdbChecksum = yesNo("rdbchecksum", true, Change.AT_START, "Whether snapshots have a checksum.");
    keptFlag("rdb-del-sync-files", false);
    keptFlag("rdb-save-incremental-fsync", true);
    rdbKeySaveDelay =
        add(
            "rdb-key-save-delay",
            DirectiveTable.number(Integer.MIN_VALUE, Integer.MAX_VALUE),
            0L,
            Change.AT_RUN_TIME,
            "For tests: how long each key delays a snapshot in the background, in microseconds.");
    keep("sanitize-dump-payload", ChoiceType.of("no", "yes", "clients"), "no");
    stopWritesOnBgsaveError =
        yesNo(
            "stop-writes-on-bgsave-error",
            true,
            Change.AT_RUN_TIME,
            "Whether writes are refused after a snapshot by `save` has failed, until one succeeds.");
    appendOnly =
        yesNo(
            "appendonly",
            false,
            Change.AT_RUN_TIME,
            "Whether writes go to the journal, which is loaded at the start.");
    appendFsync =
        add(
            "appendfsync",
            ChoiceType.of(Fsync.class),
            Fsync.EVERYSEC,
            Change.AT_RUN_TIME,
            "When the journal is made durable; with `always` before a write is acknowledged.");
    appendFilename =
        add(
            "appendfilename",
            new TextType(),
            "appendonly.aof",
            Change.AT_START,
            "How the names of the journal's files begin.");
    appendDirname =
        add(
            "appenddirname",
            new TextType(),
            "appendonlydir",
            Change.AT_START,
            "The journal's folder in `dir`.");
    noAppendFsyncOnRewrite =
        yesNo(
            "no-appendfsync-on-rewrite",
            false,
            Change.AT_RUN_TIME,
            "Whether the journal is not made durable while a snapshot or a rewrite is under way,"
                + " but with `appendfsync always`.");
    autoRewritePercentage =
        add(
            "auto-aof-rewrite-percentage",
            DirectiveTable.number(0, Integer.MAX_VALUE),
            100L,
            Change.AT_RUN_TIME,
            "The journal is rewritten when it has grown by so much; 0 for never.");
    autoRewriteMinSize =
        add(
            "auto-aof-rewrite-min-size",
            DirectiveTable.memory(0),
            64L << 20,
            Change.AT_RUN_TIME,
            "A journal that is smaller is not rewritten by itself.");
    loadTruncated =
        yesNo(
            "aof-load-truncated",
            true,
            Change.AT_RUN_TIME,
            "Whether a journal whose end is missing is cut there and loaded, or else refused.");
    useRdbPreamble =
        yesNo(
            "aof-use-rdb-preamble",
            true,
            Change.AT_RUN_TIME,
            "Kept for tools: the base of a journal is always an RDB file.");
    timestamps =
        yesNo(
            "aof-timestamp-enabled",
            false,
            Change.AT_RUN_TIME,
            "Whether the journal tells the time of its commands in comments.");
    keptFlag("aof-disable-auto-gc", false);
    keptFlag("aof-rewrite-incremental-fsync", true);
  }

  private Directive<Boolean> yesNo(
      String name, boolean defaultValue, Change change, String description) {
    return add(name, new YesNoType(), defaultValue, change, description);
  }

  private <T> Directive<T> add(
      String name, ValueType<T> type, T defaultValue, Change change, String description) {
    return table.add(Section.PERSISTENCE, name, type, defaultValue, change, description);
  }

  private void keptFlag(String name, boolean defaultValue) {
    keep(name, new YesNoType(), defaultValue);
  }

  private <T> void keep(String name, ValueType<T> type, T defaultValue) {
    table.add(Section.KEPT_FOR_TOOLS, name, type, defaultValue, Change.AT_RUN_TIME, "");
  }
}
