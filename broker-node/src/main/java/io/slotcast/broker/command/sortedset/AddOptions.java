package io.slotcast.broker.command.sortedset;

import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.CommandException;
import io.slotcast.broker.resp.Request;

/**
 * What ZADD says before its pairs.
 *
 * @param onlyAbsent NX
 * @param onlyPresent XX
 * @param onlyGreater GT
 * @param onlyLess LT
 * @param countsUpdates CH
 * @param increments INCR
 * @param firstPair the argument with the first score
 * @param pairs how many pairs of score and member there are
 */
record AddOptions(
    boolean onlyAbsent,
    boolean onlyPresent,
    boolean onlyGreater,
    boolean onlyLess,
    boolean countsUpdates,
    boolean increments,
    int firstPair,
    int pairs) {

  static AddOptions parse(Call call, boolean increments) {
    Request request = call.request();
    boolean nx = false;
    boolean xx = false;
    boolean gt = false;
    boolean lt = false;
    boolean ch = false;
    boolean incr = increments;
    int i = 2;
    for (; i < request.count(); i++) {
      if (request.is(i, "NX")) {
        nx = true;
      } else if (request.is(i, "XX")) {
        xx = true;
      } else if (request.is(i, "GT")) {
        gt = true;
      } else if (request.is(i, "LT")) {
        lt = true;
      } else if (request.is(i, "CH")) {
        ch = true;
      } else if (request.is(i, "INCR")) {
        incr = true;
      } else {
        break;
      }
    }
    int rest = request.count() - i;
    if (rest == 0 || rest % 2 != 0) {
      throw CommandException.syntax();
    }
    AddOptions options = new AddOptions(nx, xx, gt, lt, ch, incr, i, rest / 2);
    options.check();
    return options;
  }

  private void check() {
    if (onlyAbsent && onlyPresent) {
      throw new CommandException("ERR XX and NX options at the same time are not compatible");
    }
    if (((onlyGreater || onlyLess) && onlyAbsent) || (onlyGreater && onlyLess)) {
      throw new CommandException(
          "ERR GT, LT, and/or NX options at the same time are not compatible");
    }
    if (increments && pairs > 1) {
      throw new CommandException("ERR INCR option supports a single increment-element pair");
    }
  }
}
