package io.slotcast.broker.keyspace.sortedset;

import io.slotcast.broker.bytes.ByteMap;
import io.slotcast.broker.bytes.Decimal;
import io.slotcast.broker.bytes.Footprint;
import io.slotcast.broker.keyspace.Value;
import io.slotcast.broker.keyspace.ValueType;
import io.slotcast.broker.keyspace.sortedset.EntryRange.Bound;
import io.slotcast.broker.resp.DoubleText;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Members with scores, in the order of {@link ScoredMember#ORDER}: packed pairs while they are few
 * and short, else a tree of entries beside a hash table from member to score. Guarded by its slot's
 * lock.
 */
public final class SortedSetValue extends Value {
  /**
   * Up to what a sorted set is packed; asked at each new member.
   *
   * @param entries {@code zset-max-listpack-entries}
   * @param length {@code zset-max-listpack-value}, in bytes
   */
  public record Limits(LongSupplier entries, LongSupplier length) {}

  /** Beyond it a packed score is written as a double even if it is an integer. */
  private static final double LARGEST_INTEGER = 0x1p62;

  /** Stand for the table and the tree of packed pairs; never written to. */
  private static final ByteMap<Double> NO_SCORES = new ByteMap<>();

  private static final ScoreTree NO_TREE = new ScoreTree();

  private final Limits limits;

  /** Null once {@link #scores} and {@link #tree} hold the entries. */
  private @Nullable PackedScores packed = new PackedScores();

  private ByteMap<Double> scores = NO_SCORES;
  private ScoreTree tree = NO_TREE;

  public SortedSetValue(Limits limits) {
    this.limits = limits;
  }

  /** A sorted set of these, none twice. */
  public static SortedSetValue of(List<ScoredMember> entries, Limits limits) {
    SortedSetValue set = new SortedSetValue(limits);
    if (!entries.stream().allMatch(each -> set.fits(entries.size(), each.member().length))) {
      set.becomeTree(new PackedScores());
    }
    for (ScoredMember entry : entries) {
      set.put(entry.member(), 0, entry.member().length, entry.score());
    }
    return set;
  }

  public int size() {
    return packed != null ? packed.size() : tree.size();
  }

  /** A member's score; NaN if it is not there. */
  public double score(byte[] array, int offset, int length) {
    if (packed != null) {
      return packed.score(array, offset, length);
    }
    Double score = scores.get(array, offset, length);
    return score == null ? Double.NaN : score;
  }

  /** A member's rank, 0 for the lowest score; -1 if it is not there. */
  public int rank(byte[] array, int offset, int length) {
    if (packed != null) {
      return packed.rank(array, offset, length);
    }
    Double score = scores.get(array, offset, length);
    return score == null ? -1 : tree.rank(score, slice(array, offset, length));
  }

  /** Gives a member a score that is not NaN; it is copied if it is new. */
  public void put(byte[] array, int offset, int length, double score) {
    if (packed != null) {
      boolean fits = packed.remove(array, offset, length) || fits(packed.size() + 1, length);
      if (fits) {
        packed.insert(score, array, offset, length);
        return;
      }
      becomeTree(packed);
    }
    Double before = scores.get(array, offset, length);
    byte[] member = slice(array, offset, length);
    byte[] stored = before == null ? null : tree.remove(before, member);
    byte[] kept = stored == null ? member : stored;
    tree.insert(score, kept);
    scores.put(kept, score);
  }

  private boolean fits(int size, int length) {
    return size <= limits.entries().getAsLong() && length <= limits.length().getAsLong();
  }

  /** Removes a member; returns whether it was there. */
  public boolean remove(byte[] array, int offset, int length) {
    if (packed != null) {
      return packed.remove(array, offset, length);
    }
    Double score = scores.remove(array, offset, length);
    if (score == null) {
      return false;
    }
    tree.remove(score, slice(array, offset, length));
    return true;
  }

  public void remove(Ranks ranks) {
    if (packed != null) {
      packed.remove(ranks);
      return;
    }
    for (ScoredMember entry : entries(ranks, false)) {
      scores.remove(entry.member());
      tree.remove(entry.score(), entry.member());
    }
  }

  /** The ranks of all. */
  public Ranks all() {
    return new Ranks(0, size());
  }

  /** The entries of a range. One of members makes sense where all scores are the same. */
  public Ranks ranks(EntryRange range) {
    int from = countBefore(range.start());
    int to = countBefore(range.end());
    return from < to ? new Ranks(from, to) : Ranks.NONE;
  }

  private int countBefore(Bound bound) {
    return packed != null ? packed.countBefore(bound) : tree.countBefore(bound);
  }

  /** Gives entries in their order, or from the last one down; the set must not change meanwhile. */
  public void forEach(Ranks ranks, boolean reverse, ScoredMember.Sink sink) {
    if (packed != null) {
      packed.forEach(ranks.from(), ranks.to(), reverse, sink);
    } else {
      tree.forEach(ranks.from(), ranks.to(), reverse, sink);
    }
  }

  /** Copies of entries in their order, or from the last one down. */
  public List<ScoredMember> entries(Ranks ranks, boolean reverse) {
    List<ScoredMember> entries = new ArrayList<>(ranks.count());
    forEach(
        ranks,
        reverse,
        (array, offset, length, score) ->
            entries.add(new ScoredMember(slice(array, offset, length), score)));
    return entries;
  }

  /** An entry of a set that is not empty, each as likely as the others. */
  public ScoredMember random(RandomGenerator random) {
    int rank = random.nextInt(size());
    return entries(new Ranks(rank, rank + 1), false).getFirst();
  }

  /**
   * Gives the entries behind a cursor; returns the next one, 0 at the end. Packed pairs come all at
   * once, in their order.
   */
  public long scan(long cursor, ScoredMember.Sink sink) {
    if (packed != null) {
      packed.forEach(0, packed.size(), false, sink);
      return 0;
    }
    return scores.scan(cursor, (member, score) -> sink.accept(member, 0, member.length, score));
  }

  private void becomeTree(PackedScores from) {
    ByteMap<Double> allScores = new ByteMap<>();
    ScoreTree allEntries = new ScoreTree();
    from.forEach(
        0,
        from.size(),
        false,
        (array, offset, length, score) -> {
          byte[] member = slice(array, offset, length);
          allScores.put(member, score);
          allEntries.insert(score, member);
        });
    scores = allScores;
    tree = allEntries;
    packed = null;
  }

  private static byte[] slice(byte[] array, int offset, int length) {
    return Arrays.copyOfRange(array, offset, offset + length);
  }

  public boolean isPacked() {
    return packed != null;
  }

  /** A score as Redis' listpack holds it, and ZSCAN shows it: an integer has all its digits. */
  public static byte[] packedText(double score) {
    long integer = (long) score;
    return integer == score && Math.abs(score) <= LARGEST_INTEGER
        ? Decimal.bytes(integer)
        : DoubleText.of(score).getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public long footprint(long samples) {
    long own = Footprint.object(commonFields() + 4 * Footprint.REFERENCE);
    if (packed != null) {
      return own + packed.footprint();
    }
    // Members are in both, and leaves are full by two thirds or so.
    long inTree = 3L * tree.size() * (Double.BYTES + Footprint.REFERENCE) / 2;
    return own + scores.footprint(samples, score -> Footprint.object(Double.BYTES)) + inTree;
  }

  @Override
  public ValueType type() {
    return ValueType.SORTED_SET;
  }

  @Override
  public String encoding() {
    return packed != null ? "listpack" : "skiplist";
  }
}
