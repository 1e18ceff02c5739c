package io.slotcast.broker.keyspace.sortedset;

import io.slotcast.broker.keyspace.sortedset.EntryRange.Bound;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Nodes of a {@link ScoreTree} that follow each other. */
final class TreeBranch extends TreeNode {
  private static final int CAPACITY = 32;

  /**
   * A node behind others.
   *
   * @param score with {@code member}, an entry behind all of the node before this one, and not
   *     behind any of this one; it may have gone since
   */
  private record Child(double score, byte[] member, TreeNode node) {
    static Child of(TreeNode node) {
      return new Child(node.firstScore(), node.firstMember(), node);
    }
  }

  private final List<Child> children;
  private int entries;

  /** Two nodes, neither of them empty, that follow each other. */
  TreeBranch(TreeNode first, TreeNode second) {
    this(new ArrayList<>(List.of(Child.of(first), Child.of(second))));
  }

  private TreeBranch(List<Child> children) {
    this.children = children;
    children.forEach(child -> entries += child.node.entries());
  }

  @Override
  int entries() {
    return entries;
  }

  @Override
  int width() {
    return children.size();
  }

  @Override
  int capacity() {
    return CAPACITY;
  }

  TreeNode firstChild() {
    return children.getFirst().node;
  }

  @Override
  @Nullable TreeNode insert(double score, byte[] member) {
    int i = indexOf(score, member);
    TreeNode splitOff = children.get(i).node.insert(score, member);
    entries++;
    if (splitOff == null) {
      return null;
    }
    children.add(i + 1, Child.of(splitOff));
    if (children.size() <= CAPACITY) {
      return null;
    }
    // As in a leaf: what comes in ascending order leaves full branches behind it.
    int size = children.size();
    List<Child> behind = children.subList(i + 2 == size ? size - 1 : size / 2, size);
    TreeBranch next = new TreeBranch(new ArrayList<>(behind));
    behind.clear();
    entries -= next.entries;
    return next;
  }

  @Override
  byte @Nullable [] remove(double score, byte[] member) {
    int i = indexOf(score, member);
    TreeNode node = children.get(i).node;
    byte[] removed = node.remove(score, member);
    if (removed != null) {
      entries--;
      if (node.entries() == 0) {
        children.remove(i);
      } else if (node.width() * 4 < node.capacity()) {
        join(i);
      }
    }
    return removed;
  }

  /** Joins a node with one beside it, where both together leave some room. */
  private void join(int i) {
    for (int left = Math.max(i - 1, 0); left <= i && left + 1 < children.size(); left++) {
      TreeNode node = children.get(left).node;
      Child next = children.get(left + 1);
      if ((node.width() + next.node.width()) * 4 <= node.capacity() * 3) {
        node.append(next.node, next.score, next.member);
        children.remove(left + 1);
        return;
      }
    }
  }

  /** The child in which the entry is, or would be. */
  private int indexOf(double score, byte[] member) {
    int i = children.size() - 1;
    while (i > 0) {
      Child child = children.get(i);
      if (ScoredMember.compare(child.score, child.member, score, member) <= 0) {
        break;
      }
      i--;
    }
    return i;
  }

  @Override
  int countBefore(Bound bound) {
    int count = 0;
    int i = 0;
    while (i + 1 < children.size()) {
      Child next = children.get(i + 1);
      if (bound.isReachedBy(next.score, next.member, 0, next.member.length)) {
        break;
      }
      count += children.get(i++).node.entries();
    }
    return count + children.get(i).node.countBefore(bound);
  }

  @Override
  void forEach(int from, int to, boolean reverse, ScoredMember.Sink sink) {
    int before = reverse ? entries : 0;
    for (int i = 0; i < children.size(); i++) {
      TreeNode node = children.get(reverse ? children.size() - 1 - i : i).node;
      int size = node.entries();
      before -= reverse ? size : 0;
      int first = Math.max(from - before, 0);
      int last = Math.min(to - before, size);
      if (first < last) {
        node.forEach(first, last, reverse, sink);
      }
      before += reverse ? 0 : size;
    }
  }

  @Override
  double firstScore() {
    return firstChild().firstScore();
  }

  @Override
  byte[] firstMember() {
    return firstChild().firstMember();
  }

  @Override
  void append(TreeNode next, double score, byte[] member) {
    TreeBranch other = (TreeBranch) next;
    children.add(new Child(score, member, other.firstChild()));
    children.addAll(other.children.subList(1, other.children.size()));
    entries += other.entries;
  }
}
