package io.slotcast.broker.net;

import java.util.concurrent.TimeUnit;

/**
 * What one event loop counted. Plain fields, written by the loop's thread alone; other threads read
 * them for INFO and metrics and may see values that are a moment old.
 */
public final class LoopCounters {
  private static final long MINUTE = TimeUnit.MINUTES.toNanos(1);

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

  private long minuteStartNanos = System.nanoTime();
  private long longestOfMinute;
  private long longestOfMinuteBefore;

  /** Counts a turn that took so long and has just ended. */
  void countTurn(long tookNanos, long nowNanos) {
    turns++;
    busyNanos += tookNanos;
    long age = nowNanos - minuteStartNanos;
    if (age >= MINUTE) {
      longestOfMinuteBefore = age < 2 * MINUTE ? longestOfMinute : 0;
      longestOfMinute = 0;
      minuteStartNanos = nowNanos;
    }
    longestOfMinute = Math.max(longestOfMinute, tookNanos);
  }

  /** The longest turn of the last one to two minutes, in nanoseconds; 0 if there was none. */
  public long longestTurnNanos(long nowNanos) {
    long age = nowNanos - minuteStartNanos;
    if (age >= 2 * MINUTE) {
      return 0;
    }
    return age >= MINUTE ? longestOfMinute : Math.max(longestOfMinute, longestOfMinuteBefore);
  }
}
