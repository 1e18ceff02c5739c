package io.slotcast.membership.register;

/** What every node of every version must agree on about leases; never configured (rule 1). */
public final class LeaseBounds {
  /** No lease is longer, in nanoseconds: 5 s. */
  public static final long MAX_NANOS = 5_000_000_000L;

  /** How much faster one node's clock may run than another's, in percent. */
  public static final int DRIFT_PERCENT = 5;

  private LeaseBounds() {}

  /** How much of {@code length} its holder may count on, whatever its clock and the voter's do. */
  public static long withoutDrift(long length, int driftPercent) {
    return length / 100 * (100 - driftPercent);
  }
}
