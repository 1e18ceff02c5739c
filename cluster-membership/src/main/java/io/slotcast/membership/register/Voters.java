package io.slotcast.membership.register;

import io.slotcast.router.NodeId;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Who votes on the register: one set of nodes, or two while one set follows another. */
public sealed interface Voters {
  /** The voter sets: a majority of each is needed for anything. */
  List<SortedSet<NodeId>> sets();

  /** Every voter, of both sets where there are two; ordered by id. */
  SortedSet<NodeId> all();

  /** The set that votes once this description is settled. */
  SortedSet<NodeId> next();

  /** One set of voters. */
  record Settled(SortedSet<NodeId> nodes) implements Voters {
    public Settled {
      nodes = checked(nodes);
    }

    @Override
    public List<SortedSet<NodeId>> sets() {
      return List.of(nodes);
    }

    @Override
    public SortedSet<NodeId> all() {
      return nodes;
    }

    @Override
    public SortedSet<NodeId> next() {
      return nodes;
    }
  }

  /** Voters under change: everything needs a majority of the old set and one of the next. */
  record Joint(SortedSet<NodeId> old, SortedSet<NodeId> next) implements Voters {
    public Joint {
      old = checked(old);
      next = checked(next);
    }

    @Override
    public List<SortedSet<NodeId>> sets() {
      return List.of(old, next);
    }

    @Override
    public SortedSet<NodeId> all() {
      TreeSet<NodeId> all = new TreeSet<>(old);
      all.addAll(next);
      return Collections.unmodifiableSortedSet(all);
    }
  }

  /**
   * One set of voters.
   *
   * @throws IllegalArgumentException if there is none
   */
  static Voters of(Collection<NodeId> nodes) {
    return new Settled(new TreeSet<>(nodes));
  }

  /** Whether {@code among} holds a majority of every voter set. */
  default boolean hasMajorityIn(Collection<NodeId> among) {
    for (Set<NodeId> set : sets()) {
      if (!isMajority(set, among)) {
        return false;
      }
    }
    return true;
  }

  /** Whether {@code among} holds more than half of {@code voters}. */
  static boolean isMajority(Set<NodeId> voters, Collection<NodeId> among) {
    int count = 0;
    for (NodeId voter : voters) {
      count += among.contains(voter) ? 1 : 0;
    }
    return count * 2 > voters.size();
  }

  private static SortedSet<NodeId> checked(SortedSet<NodeId> nodes) {
    if (nodes.isEmpty()) {
      throw new IllegalArgumentException("a register needs a voter");
    }
    return Collections.unmodifiableSortedSet(new TreeSet<>(nodes));
  }
}
