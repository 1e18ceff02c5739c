package io.slotcast.membership.lease;

/**
 * Notices that this node was suspended, as a virtual machine may be, by the wall clock having moved
 * more than the monotonic one: the latter may stand still meanwhile, and leases with it (rule 1). A
 * wall clock that is set forward looks the same and costs no more than a renewal of the leases.
 *
 * <p>Owned by the control-plane thread, except {@link #agrees}.
 */
public final class SuspensionWatch {
  /** A sample whose clocks were read further apart than this, in nanoseconds, tells nothing. */
  private static final long SLACK = 1_000_000;

  /** The wall clock is slewed by less than one part in so many. */
  private static final long SLEW = 1_000;

  private final long tolerance;
  private long observed;

  /** Wall clock minus monotonic clock, in nanoseconds. Written by the owner, read by any thread. */
  private volatile long offset;

  /**
   * @param leaseLength in nanoseconds; half of the margin for drift is left for what goes unnoticed
   * @param nanos the monotonic clock
   * @param wallMillis the wall clock, read together with it
   */
  public SuspensionWatch(long leaseLength, long nanos, long wallMillis) {
    this.tolerance = Math.max(leaseLength / 40, 5_000_000);
    this.observed = nanos;
    this.offset = wallMillis * 1_000_000 - nanos;
  }

  /**
   * Compares the clocks; called often, at least several times within a lease.
   *
   * @param before the monotonic clock
   * @param wallMillis the wall clock, read after that
   * @param after the monotonic clock again, read after that
   * @return false if this node was suspended since the last call: all leases must be voided
   */
  public boolean observe(long before, long wallMillis, long after) {
    if (after - before > SLACK) {
      return true;
    }
    long measured = wallMillis * 1_000_000 - after;
    long expected = offset + (after - observed) / SLEW;
    observed = after;
    if (measured - expected > tolerance) {
      offset = measured;
      return false;
    }
    offset = Math.min(measured, expected);
    return true;
  }

  /**
   * Whether the clocks still stand to each other as when the owner last compared them. From any
   * thread: what an event loop asks once a turn before replies leave, since after a suspension it
   * may run before the owner does.
   */
  public boolean agrees(long nanos, long wallMillis) {
    return wallMillis * 1_000_000 - nanos - offset <= tolerance;
  }
}
