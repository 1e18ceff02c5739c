package io.slotcast.membership.register;

import io.slotcast.router.NodeId;
import io.slotcast.router.Topology;
import java.util.Collection;

/**
 * What the cluster agrees on. It is committed once, at one ballot, a majority of each voter set in
 * its own {@code voters} has accepted it.
 *
 * @param id the ballot of the round that made it
 * @param cluster the cluster that it belongs to
 * @param epoch how many values stand before it in its line of descent
 * @param voters who votes on it and on what follows
 * @param votersId the id of the value that set {@code voters}; two descriptions are one only if
 *     this is equal, for epochs are used again by values that lost
 * @param topology the payload; its epoch is {@code epoch}
 */
public record RegisterValue(
    Ballot id, ClusterId cluster, long epoch, Voters voters, Ballot votersId, Topology topology) {
  public RegisterValue {
    if (topology.epoch() != epoch) {
      throw new IllegalArgumentException(
          "a value of epoch " + epoch + " holds a topology of epoch " + topology.epoch());
    }
  }

  /** The first value of a cluster, which its founding voters hold at {@link Ballot#ZERO}. */
  public static RegisterValue genesis(
      ClusterId cluster, Collection<NodeId> voters, Topology topology) {
    return new RegisterValue(
        Ballot.ZERO, cluster, topology.epoch(), Voters.of(voters), Ballot.ZERO, topology);
  }

  @Override
  public String toString() {
    return "RegisterValue[" + id + ", epoch=" + epoch + ", voters=" + voters + "]";
  }
}
