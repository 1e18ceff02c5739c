package io.slotcast.membership.register;

import java.util.HashSet;
import java.util.Set;

/**
 * A change on its way through as many rounds as it takes. It remembers the values that it made, so
 * that a later round which finds one of them commits that instead of changing it a second time.
 * Owned by the control-plane thread.
 */
final class Proposal {
  private final RegisterChange change;
  private final Set<Ballot> ids = new HashSet<>();

  Proposal(RegisterChange change) {
    this.change = change;
  }

  RegisterChange change() {
    return change;
  }

  void proposed(Ballot id) {
    ids.add(id);
  }

  /** Whether the value of that id is this change's own work. */
  boolean made(Ballot id) {
    return ids.contains(id);
  }

  /** Whether some value of this change may yet come to be committed. */
  boolean mayStand() {
    return !ids.isEmpty();
  }
}
