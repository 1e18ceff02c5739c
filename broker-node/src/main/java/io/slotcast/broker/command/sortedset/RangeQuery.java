package io.slotcast.broker.command.sortedset;

import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.CommandException;
import io.slotcast.broker.keyspace.sortedset.EntryRange;
import io.slotcast.broker.keyspace.sortedset.Ranks;
import io.slotcast.broker.keyspace.sortedset.SortedSetValue;
import io.slotcast.broker.resp.Request;
import org.jspecify.annotations.Nullable;

/**
 * What ZRANGE and its kin ask for.
 *
 * @param reverse from the last entry down
 */
record RangeQuery(Selection selection, boolean reverse, boolean withScores) {
  /** How entries are named. */
  enum By {
    RANK,
    SCORE,
    MEMBER
  }

  /** Which entries. */
  sealed interface Selection {
    Ranks in(SortedSetValue set, boolean reverse);
  }

  /** By their places, the last one included; from the end if negative. */
  record Places(long start, long stop) implements Selection {
    @Override
    public Ranks in(SortedSetValue set, boolean reverse) {
      int size = set.size();
      long first = Math.max(start < 0 ? size + start : start, 0);
      long last = Math.min(stop < 0 ? size + stop : stop, size - 1);
      if (first > last) {
        return Ranks.NONE;
      }
      return reverse
          ? new Ranks((int) (size - 1 - last), (int) (size - first))
          : new Ranks((int) first, (int) (last + 1));
    }
  }

  /**
   * Those of a range.
   *
   * @param offset how many to leave out; if negative, all
   * @param limit how many to take at most; any number if negative
   */
  record Part(EntryRange range, long offset, long limit) implements Selection {
    @Override
    public Ranks in(SortedSetValue set, boolean reverse) {
      Ranks all = set.ranks(range);
      if (offset < 0 || offset >= all.count()) {
        return Ranks.NONE;
      }
      int skipped = (int) offset;
      int rest = all.count() - skipped;
      int count = limit < 0 ? rest : (int) Math.min(limit, rest);
      int from = reverse ? all.to() - skipped - count : all.from() + skipped;
      return new Ranks(from, from + count);
    }
  }

  static Part whole(EntryRange range) {
    return new Part(range, 0, -1);
  }

  /**
   * @param key the argument with the sorted set's key, which the two ends follow
   * @param fixed what the command's name says already; null: its options say all
   * @param stores whether scores cannot be asked for, as there is no reply for them
   */
  static RangeQuery parse(Call call, int key, @Nullable Fixed fixed, boolean stores) {
    Request request = call.request();
    By by = fixed == null ? null : fixed.by;
    boolean reverse = fixed != null && fixed.reverse;
    boolean withScores = false;
    long offset = 0;
    long limit = -1;
    for (int i = key + 3; i < request.count(); i++) {
      if (!stores && request.is(i, "WITHSCORES")) {
        withScores = true;
      } else if (request.is(i, "LIMIT") && i + 2 < request.count()) {
        offset = call.longArgument(++i);
        limit = call.longArgument(++i);
      } else if (fixed == null && !reverse && request.is(i, "REV")) {
        reverse = true;
      } else if (by == null && request.is(i, "BYLEX")) {
        by = By.MEMBER;
      } else if (by == null && request.is(i, "BYSCORE")) {
        by = By.SCORE;
      } else {
        throw CommandException.syntax();
      }
    }
    By chosen = by == null ? By.RANK : by;
    check(chosen, limit, withScores);
    boolean highestFirst = reverse && chosen != By.RANK;
    int min = highestFirst ? key + 2 : key + 1;
    int max = highestFirst ? key + 1 : key + 2;
    Selection selection =
        switch (chosen) {
          case RANK -> new Places(call.longArgument(min), call.longArgument(max));
          case SCORE -> new Part(RangeArguments.scores(request, min, max), offset, limit);
          case MEMBER -> new Part(RangeArguments.members(request, min, max), offset, limit);
        };
    return new RangeQuery(selection, reverse, withScores);
  }

  /** What the name of a command says. */
  record Fixed(By by, boolean reverse) {}

  private static void check(By by, long limit, boolean withScores) {
    if (by == By.RANK && limit != -1) {
      throw new CommandException(
          "ERR syntax error, LIMIT is only supported in combination with either BYSCORE or BYLEX");
    }
    if (by == By.MEMBER && withScores) {
      throw new CommandException(
          "ERR syntax error, WITHSCORES not supported in combination with BYLEX");
    }
  }

  Ranks in(SortedSetValue set) {
    return selection.in(set, reverse);
  }
}
