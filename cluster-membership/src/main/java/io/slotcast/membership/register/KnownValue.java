package io.slotcast.membership.register;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * The newest committed value that this node knows, and since when it knows who votes. Owned by the
 * control-plane thread.
 */
public final class KnownValue {
  private final List<Consumer<RegisterValue>> listeners = new ArrayList<>();
  private RegisterValue value;

  /**
   * When this run of the node first knew a committed value with the description of {@code value}.
   */
  private long votersSince;

  /**
   * @param value what the node knew when it stopped, or the first it was told
   * @param now the time; nothing counts as known from before this run
   */
  public KnownValue(RegisterValue value, long now) {
    this.value = value;
    this.votersSince = now;
  }

  public RegisterValue value() {
    return value;
  }

  long votersSince() {
    return votersSince;
  }

  /** Calls {@code listener} with each newer value, in order of epoch, within {@link #learn}. */
  public void onNewer(Consumer<RegisterValue> listener) {
    listeners.add(listener);
  }

  /**
   * Takes in a committed value, unless one as new is known.
   *
   * @return whether it is news
   */
  public boolean learn(RegisterValue committed, long now) {
    if (committed.epoch() <= value.epoch() || !committed.cluster().equals(value.cluster())) {
      return false;
    }
    if (!committed.votersId().equals(value.votersId())) {
      votersSince = now;
    }
    value = committed;
    listeners.forEach(listener -> listener.accept(committed));
    return true;
  }
}
