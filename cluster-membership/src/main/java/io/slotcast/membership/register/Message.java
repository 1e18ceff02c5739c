package io.slotcast.membership.register;

import io.slotcast.router.SlotSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What nodes say to each other about the register and the leases. */
public sealed interface Message {
  /** A proposer asks a voter to promise {@code ballot}. */
  record Prepare(Ballot ballot) implements Message {}

  /**
   * A voter promises {@code ballot}.
   *
   * @param accepted what it accepted last; null if nothing yet
   * @param grants the leases that bind it, so that no takeover is proposed over them (rule 13)
   */
  record Promise(Ballot ballot, @Nullable AcceptedValue accepted, List<LiveGrant> grants)
      implements Message {
    public Promise {
      grants = List.copyOf(grants);
    }
  }

  /** A proposer asks a voter to accept {@code value}. */
  record Accept(Ballot ballot, RegisterValue value) implements Message {}

  /** A voter has accepted the value that came with {@code ballot}. */
  record Accepted(Ballot ballot) implements Message {}

  /**
   * A voter neither promises nor accepts {@code ballot}.
   *
   * @param promised the highest ballot that the voter promised
   * @param waitNanos for a blocked accept, how much longer it would be blocked as things stand
   */
  record Refused(Ballot ballot, Reason reason, Ballot promised, long waitNanos) implements Message {
    /** Why. */
    public enum Reason {
      /** A higher ballot was promised. */
      OUTRUN(1),
      /** The voter was started too recently to know what it granted before (rule 5a). */
      JUST_STARTED(2),
      /** The value takes a slot from a node whose lease on it still runs (rule 5b). */
      LEASED(3);

      /** What stands for this reason on the wire. */
      final int code;

      Reason(int code) {
        this.code = code;
      }
    }
  }

  /** A committed value: told by its proposer, and passed on by anyone. */
  record Committed(RegisterValue value) implements Message {}

  /**
   * A primary asks a voter for a lease (rule 9).
   *
   * @param slots what it owns and has not stopped
   * @param epoch that of the committed value by which it owns them
   * @param lengthNanos how long, from when the voter reads this
   */
  record LeaseRequest(LeaseNumber number, SlotSet slots, long epoch, long lengthNanos)
      implements Message {
    /**
     * @throws IllegalArgumentException unless the length is from 1 to {@link LeaseBounds#MAX_NANOS}
     */
    public LeaseRequest {
      if (lengthNanos <= 0 || lengthNanos > LeaseBounds.MAX_NANOS) {
        throw new IllegalArgumentException("not a lease's length: " + lengthNanos + " ns");
      }
    }
  }

  /**
   * A voter grants the request of that number.
   *
   * @param slots those of the request that it grants
   * @param blockedEpoch the highest epoch that this voter kept from being accepted for a lease's
   *     sake; 0 if none
   */
  record LeaseGranted(LeaseNumber number, SlotSet slots, long blockedEpoch) implements Message {}

  /**
   * A voter grants nothing: it knows of a later epoch than the request's.
   *
   * @param epoch that epoch
   */
  record LeaseRefused(LeaseNumber number, long epoch) implements Message {}

  /** A primary gives up {@code slots} as granted by any request up to {@code number} (rule 12). */
  record LeaseReleased(LeaseNumber number, SlotSet slots) implements Message {}
}
