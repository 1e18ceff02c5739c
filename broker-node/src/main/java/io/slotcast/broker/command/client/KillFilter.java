package io.slotcast.broker.command.client;

import io.slotcast.broker.command.Client;
import io.slotcast.broker.command.ClientAddress;
import io.slotcast.broker.command.CommandException;
import io.slotcast.broker.resp.Request;
import org.jspecify.annotations.Nullable;

/**
 * Which clients CLIENT KILL closes: those that all filters given hold for.
 *
 * @param id 0 for any
 * @param maxAgeSeconds only clients that are connected for so long at least; 0 for any
 * @param skipMe whether the caller is spared
 */
record KillFilter(
    long id,
    @Nullable ClientClass type,
    @Nullable String user,
    @Nullable String address,
    @Nullable String localAddress,
    long maxAgeSeconds,
    boolean skipMe) {
  private static final KillFilter ANY = new KillFilter(0, null, null, null, null, 0, true);

  /** The old form: one address, the caller's own too. */
  static KillFilter ofAddress(String address) {
    return new KillFilter(0, null, null, address, null, 0, false);
  }

  /**
   * The filters behind CLIENT KILL; of one that is given twice, the last counts.
   *
   * @throws CommandException in Redis' words
   */
  static KillFilter parse(Request request) {
    KillFilter filter = ANY;
    for (int i = 2; i < request.count(); i += 2) {
      if (i + 1 == request.count()) {
        throw CommandException.syntax();
      }
      filter = filter.with(request, i);
    }
    return filter;
  }

  private KillFilter with(Request request, int i) {
    if (request.is(i, "ID")) {
      long only = number(request, i + 1, "client-id should be greater than 0");
      return new KillFilter(only, type, user, address, localAddress, maxAgeSeconds, skipMe);
    }
    if (request.is(i, "TYPE")) {
      ClientClass only = ClientClass.named(request, i + 1);
      return new KillFilter(id, only, user, address, localAddress, maxAgeSeconds, skipMe);
    }
    if (request.is(i, "ADDR")) {
      String only = request.text(i + 1);
      return new KillFilter(id, type, user, only, localAddress, maxAgeSeconds, skipMe);
    }
    if (request.is(i, "LADDR")) {
      String only = request.text(i + 1);
      return new KillFilter(id, type, user, address, only, maxAgeSeconds, skipMe);
    }
    if (request.is(i, "USER")) {
      String only = user(request, i + 1);
      return new KillFilter(id, type, only, address, localAddress, maxAgeSeconds, skipMe);
    }
    if (request.is(i, "MAXAGE")) {
      long least = number(request, i + 1, "maxage is not an integer or out of range");
      return new KillFilter(id, type, user, address, localAddress, least, skipMe);
    }
    if (request.is(i, "SKIPME") && (request.is(i + 1, "YES") || request.is(i + 1, "NO"))) {
      boolean skip = request.is(i + 1, "YES");
      return new KillFilter(id, type, user, address, localAddress, maxAgeSeconds, skip);
    }
    throw CommandException.syntax();
  }

  private static String user(Request request, int i) {
    String user = request.text(i);
    if (!user.equals("default")) {
      throw new CommandException("ERR No such user '" + user + "'");
    }
    return user;
  }

  private static long number(Request request, int i, String refusal) {
    if (!request.isLong(i)) {
      throw new CommandException("ERR " + refusal);
    }
    long value = request.toLong(i);
    if (value <= 0) {
      boolean isAge = refusal.startsWith("maxage");
      throw new CommandException(isAge ? "ERR maxage should be greater than 0" : "ERR " + refusal);
    }
    return value;
  }

  boolean matches(Client client, Client caller, long nowMillis) {
    return !(skipMe && client == caller)
        && (id == 0 || client.id() == id)
        && (type == null || ClientClass.of(client) == type)
        && (user == null || client.user().equals(user))
        && (address == null || ClientAddress.remote(client).equals(address))
        && (localAddress == null || ClientAddress.local(client).equals(localAddress))
        && (nowMillis - client.createdMillis()) / 1000 >= maxAgeSeconds;
  }
}
