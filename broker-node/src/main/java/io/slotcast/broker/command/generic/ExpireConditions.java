package io.slotcast.broker.command.generic;

import io.slotcast.broker.command.CommandException;
import io.slotcast.broker.keyspace.Value;
import io.slotcast.broker.resp.Request;

/**
 * What must hold of a key's expiry for EXPIRE and its kin to change it. A key without expiry counts
 * as one that lives forever.
 *
 * @param ifNone NX: it has none
 * @param ifSome XX: it has one
 * @param ifLater GT: the new one is later
 * @param ifSooner LT: the new one is sooner
 */
record ExpireConditions(boolean ifNone, boolean ifSome, boolean ifLater, boolean ifSooner) {
  private static final ExpireConditions NONE = new ExpireConditions(false, false, false, false);

  /** The conditions from argument 3 on. */
  static ExpireConditions of(Request request) {
    if (request.count() == 3) {
      return NONE;
    }
    boolean nx = false;
    boolean xx = false;
    boolean gt = false;
    boolean lt = false;
    for (int i = 3; i < request.count(); i++) {
      if (request.is(i, "NX")) {
        nx = true;
      } else if (request.is(i, "XX")) {
        xx = true;
      } else if (request.is(i, "GT")) {
        gt = true;
      } else if (request.is(i, "LT")) {
        lt = true;
      } else {
        throw new CommandException("ERR Unsupported option " + request.text(i));
      }
    }
    if (nx && (xx || gt || lt)) {
      throw new CommandException(
          "ERR NX and XX, GT or LT options at the same time are not compatible");
    }
    if (gt && lt) {
      throw new CommandException("ERR GT and LT options at the same time are not compatible");
    }
    return new ExpireConditions(nx, xx, gt, lt);
  }

  /** Whether the expiry {@code present} may become {@code wanted}; both in milliseconds. */
  boolean allow(long present, long wanted) {
    boolean has = present != Value.NEVER;
    return !(ifNone && has)
        && !(ifSome && !has)
        && !(ifLater && (!has || wanted <= present))
        && !(ifSooner && has && wanted >= present);
  }
}
