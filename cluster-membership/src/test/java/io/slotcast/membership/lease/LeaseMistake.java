package io.slotcast.membership.lease;

import io.slotcast.membership.register.KnownValue;
import io.slotcast.membership.register.LeaseNumber;
import io.slotcast.membership.register.Outbox;
import io.slotcast.router.NodeId;
import io.slotcast.router.SlotSet;
import io.slotcast.router.Topology;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Known mistakes in the rules of leases, to be made in the product's own classes. */
public enum LeaseMistake {
  NONE,

  /** N5. */
  NO_DRIFT_MARGIN {
    @Override
    LeaseRules rules(Supplier<@Nullable Topology> accepted) {
      return new LeaseRules() {
        @Override
        long countedNanos(long length) {
          return length;
        }
      };
    }
  },

  /** N6. */
  COUNTED_FROM_RECEIPT {
    @Override
    LeaseRules rules(Supplier<@Nullable Topology> accepted) {
      return new LeaseRules() {
        @Override
        long countedFrom(long sent, long received) {
          return received;
        }
      };
    }
  },

  /** N9. */
  RELEASE_WITHOUT_NUMBER {
    @Override
    LeaseRules rules(Supplier<@Nullable Topology> accepted) {
      return new LeaseRules() {
        @Override
        boolean releases(LeaseNumber released, LeaseNumber granted) {
          return true;
        }
      };
    }
  },

  /** N12: a grant binds only where the voter's own accepted value names its holder as well. */
  GRANT_WEIGHED_AGAINST_ACCEPTED {
    @Override
    LeaseRules rules(Supplier<@Nullable Topology> accepted) {
      return new LeaseRules() {
        @Override
        boolean binds(NodeId holder, SlotSet granted, Topology proposed) {
          Topology own = accepted.get();
          return own != null
              && granted.minus(proposed.slotsOf(holder)).stream()
                  .mapToObj(own::ownerOf)
                  .anyMatch(owner -> owner != null && owner.primary().equals(holder));
        }
      };
    }
  },

  /** N13. */
  LATE_REQUEST_LOWERS_NUMBER {
    @Override
    LeaseRules rules(Supplier<@Nullable Topology> accepted) {
      return new LeaseRules() {
        @Override
        boolean supersedes(LeaseNumber asked, LeaseNumber recorded) {
          return true;
        }
      };
    }
  },

  /** N22. */
  LIVE_GRANT_REPLACED {
    @Override
    LeaseRules rules(Supplier<@Nullable Topology> accepted) {
      return new LeaseRules() {
        @Override
        boolean keepsLiveGrants() {
          return false;
        }
      };
    }
  },

  /**
   * N14, on top of N22: since a live grant is kept beside the next one, forgetting the epoch alone
   * lets an old primary bind the voter in vain, but no longer serve.
   */
  GRANTED_EPOCH_FORGOTTEN {
    @Override
    LeaseRules rules(Supplier<@Nullable Topology> accepted) {
      return new LeaseRules() {
        @Override
        boolean keepsLiveGrants() {
          return false;
        }

        @Override
        long rememberedEpoch(long highestGranted) {
          return -1;
        }
      };
    }
  };

  LeaseRules rules(Supplier<@Nullable Topology> accepted) {
    return LeaseRules.RIGHT;
  }

  /**
   * @param accepted what the same voter has accepted
   */
  public GrantTable grantTable(Outbox outbox, Supplier<@Nullable Topology> accepted) {
    return new GrantTable(outbox, rules(accepted));
  }

  public LeaseHolder leaseHolder(NodeId self, long incarnation, KnownValue known, Outbox outbox) {
    return new LeaseHolder(self, incarnation, known, outbox, rules(() -> null));
  }
}
