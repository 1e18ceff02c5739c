package io.slotcast.broker.net;

/**
 * Whether more waits for a connection than {@code client-output-buffer-limit} allows. Owned by the
 * connection's event loop.
 */
final class OutputWatch {
  private OutputLimit limit = OutputLimit.NONE;
  private long softLimitSinceMillis;

  void limit(OutputLimit newLimit) {
    limit = newLimit;
    softLimitSinceMillis = 0;
  }

  boolean isLimited() {
    return limit != OutputLimit.NONE;
  }

  boolean isExceeded(long waiting, long nowMillis) {
    boolean exceeded = limit.isHardExceeded(waiting);
    if (limit.isSoftExceeded(waiting)) {
      if (softLimitSinceMillis == 0) {
        softLimitSinceMillis = nowMillis;
      }
      exceeded |= nowMillis - softLimitSinceMillis > limit.softSeconds() * 1000L;
    } else {
      softLimitSinceMillis = 0;
    }
    return exceeded;
  }
}
