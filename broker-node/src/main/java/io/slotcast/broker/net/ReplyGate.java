package io.slotcast.broker.net;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Holds replies back until what they tell of is safe: a reply to a command on a slot leaves once
 * every {@link Condition} has passed the offset, in the stream of effects, of that slot's last
 * write. So a write is acknowledged when it is durable or replicated as its operator asked, and
 * nobody is shown what could still be lost. Replies of one round of disk or network are held and
 * let go together.
 *
 * <p>Safe from any thread.
 */
public final class ReplyGate {
  /** One reason for which replies wait: the journal, or the replicas. */
  public final class Condition {
    /** Written by the condition's owner. */
    private volatile long passed = Long.MAX_VALUE;

    private Condition() {}

    /** Everything before {@code offset} is safe. The offset may go back where a history ends. */
    public void passed(long offset) {
      passed = offset;
      moved();
    }

    /** Nothing waits for this condition from now on. */
    public void lift() {
      passed(Long.MAX_VALUE);
    }
  }

  private final List<Condition> conditions = new CopyOnWriteArrayList<>();
  private final List<IoLoop> loops;

  /** The least of what the conditions have passed; written under {@code this}. */
  private volatile long open = Long.MAX_VALUE;

  public ReplyGate(List<IoLoop> loops) {
    this.loops = loops;
    loops.forEach(loop -> loop.heldReplies().gate(this));
  }

  /** A further condition, lifted at first. */
  public Condition newCondition() {
    Condition condition = new Condition();
    conditions.add(condition);
    return condition;
  }

  private void moved() {
    synchronized (this) {
      long least = Long.MAX_VALUE;
      for (Condition condition : conditions) {
        least = Math.min(least, condition.passed);
      }
      if (least == open) {
        return;
      }
      open = least;
    }
    loops.forEach(loop -> loop.heldReplies().gateMoved());
  }

  /** Whether a reply to what ends at {@code offset} may leave. */
  public boolean isOpen(long offset) {
    return offset <= open;
  }
}
