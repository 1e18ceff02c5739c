package io.slotcast.broker.net;

/**
 * Waits while more messages get through that way. Publishers that wait for replies, or more than
 * the node can take, send more when each message costs less; below saturation as many come either
 * way, and waiting would only delay them.
 *
 * <p>It is found out by a test now and then, if waiting fills the writes at all: {@value
 * #TEST_PERIODS} short periods, with and without waiting in turn. Owned by one event loop.
 */
final class MoreThroughput implements GapDecision {
  /** Long beside the time slices of a busy machine, which a single period might miss or catch. */
  static final long PERIOD_NANOS = 20_000_000;

  static final int TEST_PERIODS = 8;
  static final long TEST_EVERY_NANOS = 2_000_000_000;

  /** By how much more must get through: below that it may be chance. */
  private static final double GAIN = 1.2;

  /** From how many messages a write on a test is worth its while. */
  private static final double FULLER = 2;

  private final GapTrials trials = new GapTrials(FULLER);
  private boolean waiting;

  /** 0: no test runs; odd periods are those without waiting. */
  private int period;

  private long periodEnd;
  private long nextTest;
  private long messagesWithout;
  private long messagesWith;

  MoreThroughput(long now) {
    nextTest = now;
  }

  @Override
  public boolean waits() {
    if (period > 0) {
      return period % 2 == 0;
    }
    return waiting || trials.isDue();
  }

  @Override
  public void roundEnded(long now, long messages, int writes) {
    boolean waited = waits();
    trials.roundEnded(waited, messages, writes);
    if (period > 0) {
      test(now, waited, messages);
    } else if (!trials.isWorthwhile()) {
      waiting = false;
    } else if (now - nextTest >= 0) {
      messagesWithout = 0;
      messagesWith = 0;
      beginPeriod(now);
    }
  }

  private void test(long now, boolean waited, long messages) {
    if (waited) {
      messagesWith += messages;
    } else {
      messagesWithout += messages;
    }
    if (now - periodEnd < 0) {
      return;
    }
    if (period < TEST_PERIODS) {
      beginPeriod(now);
    } else {
      period = 0;
      nextTest = now + TEST_EVERY_NANOS;
      waiting = messagesWith >= GAIN * messagesWithout;
    }
  }

  private void beginPeriod(long now) {
    period++;
    periodEnd = now + PERIOD_NANOS;
  }
}
