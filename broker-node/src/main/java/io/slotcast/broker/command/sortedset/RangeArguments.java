package io.slotcast.broker.command.sortedset;

import io.slotcast.broker.bytes.DoubleNumber;
import io.slotcast.broker.command.CommandException;
import io.slotcast.broker.keyspace.sortedset.EntryRange;
import io.slotcast.broker.keyspace.sortedset.EntryRange.MemberLimit;
import io.slotcast.broker.resp.Request;
import java.util.Arrays;

/** The two ends of a range among a command's arguments. */
final class RangeArguments {
  private RangeArguments() {}

  /** Numbers, inclusive unless after {@code (}. */
  static EntryRange scores(Request request, int min, int max) {
    boolean withoutMin = startsWith(request, min, '(');
    boolean withoutMax = startsWith(request, max, '(');
    double lowest = score(request, min, withoutMin ? 1 : 0);
    double highest = score(request, max, withoutMax ? 1 : 0);
    return EntryRange.byScore(lowest, withoutMin, highest, withoutMax);
  }

  private static double score(Request request, int i, int skipped) {
    double score =
        DoubleNumber.parseLoosely(
            request.array(), request.offset(i) + skipped, request.length(i) - skipped);
    if (Double.isNaN(score)) {
      throw new CommandException("ERR min or max is not a float");
    }
    return score;
  }

  /** Members after {@code [} or {@code (}, or {@code -} and {@code +} for all. */
  static EntryRange members(Request request, int min, int max) {
    return EntryRange.byMember(limit(request, min), limit(request, max));
  }

  private static MemberLimit limit(Request request, int i) {
    if (startsWith(request, i, '(') || startsWith(request, i, '[')) {
      byte[] text = request.bytes(i);
      return new MemberLimit.At(Arrays.copyOfRange(text, 1, text.length), text[0] == '(');
    }
    // Redis reads C strings here: a NUL byte ends them.
    boolean isOneSign =
        request.length(i) == 1
            || (request.length(i) > 1 && request.array()[request.offset(i) + 1] == 0);
    if (isOneSign && startsWith(request, i, '-')) {
      return new MemberLimit.Lowest();
    }
    if (isOneSign && startsWith(request, i, '+')) {
      return new MemberLimit.Highest();
    }
    throw new CommandException("ERR min or max not valid string range item");
  }

  private static boolean startsWith(Request request, int i, char sign) {
    return request.length(i) > 0 && request.array()[request.offset(i)] == sign;
  }
}
