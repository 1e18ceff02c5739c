package io.slotcast.broker.bench;

/**
 * One experiment.
 *
 * @param subscribers of each channel
 * @param pipeline messages that a publisher has under way at most; does not bound a fixed rate
 * @param payload bytes of a message, at least {@link #SMALLEST_PAYLOAD}
 * @param rate messages a second of all publishers together; 0 for as many as the pipelines allow
 */
public record FanoutCell(
    FanoutMode mode,
    Placement placement,
    int channels,
    int subscribers,
    int publishers,
    int pipeline,
    int payload,
    long rate) {
  /** The time at which a message was to be sent is in it. */
  public static final int SMALLEST_PAYLOAD = Long.BYTES;

  /** Whether the next message waits for replies, and not for its time. */
  public boolean isClosedLoop() {
    return rate == 0;
  }

  static String channel(int number) {
    return "ch%06d".formatted(number);
  }
}
