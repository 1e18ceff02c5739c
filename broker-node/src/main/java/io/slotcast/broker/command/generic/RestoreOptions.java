package io.slotcast.broker.command.generic;

import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.CommandException;
import io.slotcast.broker.resp.Request;

/**
 * What stands behind the payload of RESTORE.
 *
 * @param replace whether a key that is there goes
 * @param absoluteTime whether the time is that of the expiry itself
 * @param idleSeconds how long the key counts as not used; {@link #NOT_GIVEN} if that is not said
 * @param frequency how often the key counts as used; {@link #NOT_GIVEN} if that is not said
 */
record RestoreOptions(boolean replace, boolean absoluteTime, long idleSeconds, long frequency) {
  static final long NOT_GIVEN = -1;

  static RestoreOptions of(Call call) {
    Request request = call.request();
    boolean replace = false;
    boolean absoluteTime = false;
    long idleSeconds = NOT_GIVEN;
    long frequency = NOT_GIVEN;
    for (int i = 4; i < request.count(); i++) {
      boolean hasValue = i + 1 < request.count();
      if (request.is(i, "REPLACE")) {
        replace = true;
      } else if (request.is(i, "ABSTTL")) {
        absoluteTime = true;
      } else if (request.is(i, "IDLETIME") && hasValue && frequency == NOT_GIVEN) {
        idleSeconds = call.longArgument(++i);
        if (idleSeconds < 0) {
          throw new CommandException("ERR Invalid IDLETIME value, must be >= 0");
        }
      } else if (request.is(i, "FREQ") && hasValue && idleSeconds == NOT_GIVEN) {
        frequency = call.longArgument(++i);
        if (frequency < 0 || frequency > 255) {
          throw new CommandException("ERR Invalid FREQ value, must be >= 0 and <= 255");
        }
      } else {
        throw CommandException.syntax();
      }
    }
    return new RestoreOptions(replace, absoluteTime, idleSeconds, frequency);
  }
}
