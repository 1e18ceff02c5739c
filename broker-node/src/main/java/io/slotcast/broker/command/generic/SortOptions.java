package io.slotcast.broker.command.generic;

import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.CommandException;
import io.slotcast.broker.resp.Request;

/**
 * What stands behind the key of SORT and SORT_RO.
 *
 * @param ordered false if the elements are to stay in the order that they have
 * @param storeArgument where the key is that takes the result; 0 if it is replied
 */
record SortOptions(
    boolean ordered,
    boolean descending,
    boolean alpha,
    long offset,
    long count,
    int storeArgument) {
  private static final long ALL = -1;

  /**
   * Reads them.
   *
   * @param readOnly whether STORE is none of them
   * @throws CommandException also for patterns of other keys, which may be anywhere in a cluster
   */
  static SortOptions of(Call call, boolean readOnly) {
    Request request = call.request();
    boolean ordered = true;
    boolean descending = false;
    boolean alpha = false;
    long offset = 0;
    long count = ALL;
    int storeArgument = 0;
    for (int i = 2; i < request.count(); i++) {
      int further = request.count() - i - 1;
      if (request.is(i, "ASC")) {
        descending = false;
      } else if (request.is(i, "DESC")) {
        descending = true;
      } else if (request.is(i, "ALPHA")) {
        alpha = true;
      } else if (request.is(i, "LIMIT") && further >= 2) {
        offset = call.longArgument(++i);
        count = call.longArgument(++i);
      } else if (request.is(i, "STORE") && further >= 1 && !readOnly) {
        storeArgument = ++i;
      } else if (request.is(i, "BY") && further >= 1) {
        checkNoPattern(request, ++i);
        ordered = false;
      } else if (request.is(i, "GET") && further >= 1) {
        throw new CommandException("ERR GET option of SORT denied in Cluster mode.");
      } else {
        throw CommandException.syntax();
      }
    }
    return new SortOptions(ordered, descending, alpha, offset, count, storeArgument);
  }

  private static void checkNoPattern(Request request, int i) {
    if (request.text(i).indexOf('*') >= 0) {
      throw new CommandException("ERR BY option of SORT denied in Cluster mode.");
    }
  }

  /** Where the last STORE's key is, in a request that need not make sense. */
  static int[] storedKey(Request request) {
    int found = 0;
    for (int i = 2; i < request.count(); i++) {
      if (request.is(i, "LIMIT")) {
        i += 2;
      } else if (request.is(i, "GET") || request.is(i, "BY")) {
        i++;
      } else if (request.is(i, "STORE") && i + 1 < request.count()) {
        found = i + 1;
      }
    }
    return found == 0 ? new int[0] : new int[] {found};
  }

  /** The first index of those that are wanted, of so many. */
  int from(int size) {
    return Math.clamp(offset, 0, size);
  }

  /** The index behind the last one that is wanted. */
  int to(int size) {
    long wanted = count < 0 ? size : count;
    return (int) Math.min(from(size) + Math.min(wanted, size), size);
  }
}
