package io.slotcast.broker.command.persistence;

import io.slotcast.broker.command.LaterReply;
import org.jspecify.annotations.Nullable;

/** What a node keeps on disk, as far as clients command it. Safe from any thread. */
public interface Persistence {
  /** What became of the wish for something in the background. */
  enum Begun {
    STARTED,
    /** It begins when what is under way has ended. */
    SCHEDULED,
    /** The same is under way. */
    ALREADY,
    /** Something else is under way. */
    BUSY,
    /** It cannot be done; the log says why. */
    FAILED
  }

  /** Makes a snapshot, and gives the reply when it is durable. */
  void save(LaterReply reply);

  /**
   * Begins a snapshot.
   *
   * @param schedule whether to wait while something else is under way
   */
  Begun saveInBackground(boolean schedule);

  /** Begins to write the journal anew. */
  Begun rewriteInBackground();

  /** When the last snapshot was made, or else the node started; in seconds since 1970. */
  long lastSaveSeconds();

  /** What INFO tells. */
  State state();

  /**
   * What INFO tells of persistence; times in seconds are -1 for never.
   *
   * @param loading null unless a file is being loaded
   * @param journal null unless there is a journal
   */
  record State(
      @Nullable Loading loading,
      long changesSinceSave,
      boolean saving,
      long lastSaveSeconds,
      boolean lastSaveOk,
      long lastSaveTookSeconds,
      long savingForSeconds,
      long saves,
      long keysLoaded,
      long keysExpired,
      boolean journalEnabled,
      boolean rewriting,
      boolean rewriteScheduled,
      long lastRewriteTookSeconds,
      long rewritingForSeconds,
      boolean lastRewriteOk,
      boolean lastWriteOk,
      long rewrites,
      @Nullable JournalState journal) {}

  /** A file that is being loaded. */
  record Loading(long startSeconds, long totalBytes, long loadedBytes) {}

  /** The journal, in bytes; {@code delayedFsync} counts syncs that took longer than a second. */
  record JournalState(
      long currentSize,
      long baseSize,
      boolean pendingRewrite,
      long bufferLength,
      boolean pendingFsync,
      long delayedFsync) {}
}
