package io.slotcast.broker.net;

/**
 * What one event loop counted. Plain fields, written by the loop's thread alone; other threads read
 * them for INFO and metrics and may see values that are a moment old.
 */
public final class LoopCounters {
  public long connectionsAccepted;
  public long commands;
  public long bytesIn;
  public long bytesOut;
  public long socketWrites;
  public long turns;
  public long classicPublishes;
  public long classicDeliveries;
  public long shardPublishes;
  public long shardDeliveries;
  public long outputLimitDisconnects;
  public long protocolErrors;

  /** Nanoseconds in which the loop was not waiting for I/O. */
  public long busyNanos;

  /** The longest turn, in nanoseconds, since somebody last set it to 0. */
  public long longestTurnNanos;
}
