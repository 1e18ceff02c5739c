package io.slotcast.broker.config;

import java.time.Duration;

/**
 * {@code client-output-buffer-limit}: how much may wait to be sent to a connection of each class
 * before it is closed.
 */
public record OutputBufferLimits(Limit normal, Limit replica, Limit pubsub) {
  /** Redis' defaults. */
  public static final OutputBufferLimits DEFAULT =
      new OutputBufferLimits(
          new Limit(0, 0, Duration.ZERO),
          new Limit(256L << 20, 64L << 20, Duration.ofSeconds(60)),
          new Limit(32L << 20, 8L << 20, Duration.ofSeconds(60)));

  /**
   * One class's limit.
   *
   * @param hardBytes closed at once above this; 0 for no limit
   * @param softBytes closed when above this for {@code softTime} without a break; 0 for no limit
   * @param softTime whole seconds
   */
  public record Limit(long hardBytes, long softBytes, Duration softTime) {}
}
