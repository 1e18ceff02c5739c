package io.slotcast.testkit.history;

/**
 * One request of a client.
 *
 * @param value what was written, which no other request writes; empty where nothing is
 * @param invoked when it was sent, in nanoseconds of a clock that all clients of a history share
 * @param answered when its outcome was known
 */
public record Operation(
    Kind kind, String key, String value, long invoked, long answered, Outcome outcome) {
  /** The commands whose histories are understood. */
  public enum Kind {
    XADD,
    RPUSH,
    SET,
    GET,
    INCR
  }

  public boolean isAcknowledged() {
    return outcome instanceof Outcome.Acknowledged;
  }

  public boolean isRefused() {
    return outcome instanceof Outcome.Refused;
  }

  /** The reply of one that was acknowledged. */
  public String reply() {
    return acknowledged().reply();
  }

  Outcome.Acknowledged acknowledged() {
    if (outcome instanceof Outcome.Acknowledged acknowledged) {
      return acknowledged;
    }
    throw new IllegalStateException("not acknowledged: " + this);
  }

  /** By when it had taken effect; never known of one with an unknown outcome. */
  long end() {
    return isAcknowledged() ? answered : Long.MAX_VALUE;
  }
}
