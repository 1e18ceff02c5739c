package io.slotcast.membership.register;

import io.slotcast.router.Topology;
import java.util.List;

/** What an acceptor asks of the same voter's lease grants. */
public interface GrantedSlots {
  /**
   * For how many nanoseconds more a live grant forbids that {@code proposed} be accepted, because
   * it names another owner for a granted slot; 0 if none does. Absolute: never weighed against what
   * the voter has accepted itself (rule 5b).
   */
  long forbids(Topology proposed, long now);

  /** The voter accepted a value, so what its grants kept out before is no longer worth telling. */
  void onAccepted();

  /** The grants that run at this moment. */
  List<LiveGrant> live(long now);
}
