package io.slotcast.broker.net;

/**
 * One class of {@code client-output-buffer-limit}: a connection is closed when more than {@code
 * hard} bytes wait for it, or more than {@code soft} for longer than {@code softSeconds}.
 *
 * @param hard in bytes; 0 for no limit
 * @param soft in bytes; 0 for no limit
 */
public record OutputLimit(long hard, long soft, int softSeconds) {
  public static final OutputLimit NONE = new OutputLimit(0, 0, 0);

  boolean isHardExceeded(long pending) {
    return hard > 0 && pending > hard;
  }

  boolean isSoftExceeded(long pending) {
    return soft > 0 && pending > soft;
  }
}
