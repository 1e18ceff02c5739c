package io.slotcast.membership;

/**
 * Counters and states for metrics and CLUSTER INFO, as of one moment.
 *
 * @param views membership views installed since start
 * @param epoch the epoch of the newest topology known
 * @param voters how many nodes vote on the topology
 * @param isVoter whether this node is one of them
 * @param roundsCommitted register rounds of this node that committed
 * @param roundsFailed register rounds of this node that did not
 * @param roundNanos total time of this node's rounds, in nanoseconds
 * @param leaseHeld whether this node's lease runs on all the slots it owns, but for those that it
 *     hands over; true if there are none
 * @param leaseRenewals lease renewals that a majority granted
 * @param leaseLapses how often a lease ran out before it was renewed
 * @param messagesSent control messages sent to other nodes
 * @param messagesReceived control messages received from other nodes
 */
public record MembershipStatistics(
    long views,
    long epoch,
    int voters,
    boolean isVoter,
    long roundsCommitted,
    long roundsFailed,
    long roundNanos,
    boolean leaseHeld,
    long leaseRenewals,
    long leaseLapses,
    long messagesSent,
    long messagesReceived) {}
