package io.slotcast.broker.command.string;

import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.CommandException;
import io.slotcast.broker.keyspace.Value;
import io.slotcast.broker.resp.Request;
import org.jspecify.annotations.Nullable;

/**
 * The options behind SET key value, and behind GETEX key: conditions on the key, and what becomes
 * of its expiry. As in Redis an option may stand twice, and then the last one's time counts.
 */
final class StringOptions {
  /** No option at all: the usual SET. */
  static final StringOptions NONE = new StringOptions();

  private boolean ifAbsent;
  private boolean ifPresent;
  private boolean get;
  private boolean keepExpiry;
  private boolean persist;
  private @Nullable ExpiryForm expiry;
  private int expiryArgument;

  private StringOptions() {}

  /** The options of SET, from argument 3 on. */
  static StringOptions ofSet(Request request) {
    if (request.count() == 3) {
      return NONE;
    }
    StringOptions options = new StringOptions();
    for (int i = 3; i < request.count(); i++) {
      if (request.is(i, "NX") && !options.ifPresent) {
        options.ifAbsent = true;
      } else if (request.is(i, "XX") && !options.ifAbsent) {
        options.ifPresent = true;
      } else if (request.is(i, "GET")) {
        options.get = true;
      } else if (request.is(i, "KEEPTTL") && options.expiry == null) {
        options.keepExpiry = true;
      } else {
        i = options.takeExpiry(request, i);
      }
    }
    return options;
  }

  /** The options of GETEX, from argument 2 on. */
  static StringOptions ofGet(Request request) {
    StringOptions options = new StringOptions();
    for (int i = 2; i < request.count(); i++) {
      if (request.is(i, "PERSIST") && options.expiry == null) {
        options.persist = true;
      } else {
        i = options.takeExpiry(request, i);
      }
    }
    return options;
  }

  /** Takes {@code EX seconds} and the like; returns the place of the time. */
  private int takeExpiry(Request request, int i) {
    ExpiryForm form = form(request, i);
    boolean isFree = !keepExpiry && !persist && (expiry == null || expiry == form);
    if (form == null || !isFree || i + 1 == request.count()) {
      throw CommandException.syntax();
    }
    expiry = form;
    expiryArgument = i + 1;
    return i + 1;
  }

  private static @Nullable ExpiryForm form(Request request, int i) {
    if (request.is(i, "EX")) {
      return ExpiryForm.EX;
    } else if (request.is(i, "PX")) {
      return ExpiryForm.PX;
    } else if (request.is(i, "EXAT")) {
      return ExpiryForm.EXAT;
    } else if (request.is(i, "PXAT")) {
      return ExpiryForm.PXAT;
    }
    return null;
  }

  /** Whether the conditions allow a change to a key that is there, or is not. */
  boolean allow(boolean present) {
    return present ? !ifAbsent : !ifPresent;
  }

  /** GET: the reply is the string before. */
  boolean get() {
    return get;
  }

  /** KEEPTTL: the key's expiry stays. */
  boolean keepExpiry() {
    return keepExpiry;
  }

  /** PERSIST: the key loses its expiry. */
  boolean persist() {
    return persist;
  }

  /** How the expiry was given; null if it was not. */
  @Nullable ExpiryForm expiry() {
    return expiry;
  }

  /** The expiry, in wall-clock milliseconds; {@link Value#NEVER} if none was given. */
  long expiresAtMillis(Call call, String command) {
    return expiry == null ? Value.NEVER : expiry.expiresAtMillis(call, expiryArgument, command);
  }
}
