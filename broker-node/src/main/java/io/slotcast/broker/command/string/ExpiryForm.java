package io.slotcast.broker.command.string;

import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.CommandException;

/** How SET, GETEX and their kin may give an expiry: from now or absolute, in s or in ms. */
enum ExpiryForm {
  EX(1000, true),
  PX(1, true),
  EXAT(1000, false),
  PXAT(1, false);

  private final long unitMillis;
  private final boolean fromNow;

  ExpiryForm(long unitMillis, boolean fromNow) {
    this.unitMillis = unitMillis;
    this.fromNow = fromNow;
  }

  /** Whether the time is given as such, not as a distance from now, so that it may be past. */
  boolean isAbsolute() {
    return !fromNow;
  }

  /**
   * The expiry that argument {@code i} gives, in wall-clock milliseconds.
   *
   * @throws CommandException if it is no integer, not positive, or too large
   */
  long expiresAtMillis(Call call, int i, String command) {
    long given = call.longArgument(i);
    if (given <= 0 || given > Long.MAX_VALUE / unitMillis) {
      throw CommandException.invalidExpireTime(command);
    }
    long millis = given * unitMillis;
    if (!fromNow) {
      return millis;
    }
    if (millis > Long.MAX_VALUE - call.nowMillis()) {
      throw CommandException.invalidExpireTime(command);
    }
    return millis + call.nowMillis();
  }
}
