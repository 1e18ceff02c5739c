package io.slotcast.broker.command.migration;

import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.CommandException;
import io.slotcast.broker.migration.KeyTransfer;
import io.slotcast.broker.resp.Request;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What MIGRATE was asked for.
 *
 * @param keep whether the keys stay here as well (COPY)
 * @param replace whether keys that the target has go
 * @param credentials what AUTH is given there; empty for nothing
 * @param keys the places of the keys among the arguments
 */
record MigrateOptions(
    KeyTransfer.Target target,
    boolean keep,
    boolean replace,
    List<byte[]> credentials,
    int[] keys) {
  private static final int HOST = 1;
  private static final int PORT = 2;
  private static final int KEY = 3;
  private static final int DATABASE = 4;
  private static final int TIMEOUT = 5;
  private static final int OPTIONS = 6;
  private static final long DEFAULT_TIMEOUT_MILLIS = 1000;
  private static final int MAX_PORT = 65_535;

  static MigrateOptions of(Call call) {
    Request request = call.request();
    boolean keep = false;
    boolean replace = false;
    List<byte[]> credentials = new ArrayList<>();
    for (int i = OPTIONS; i < request.count(); i++) {
      int left = request.count() - 1 - i;
      if (request.is(i, "COPY")) {
        keep = true;
      } else if (request.is(i, "REPLACE")) {
        replace = true;
      } else if (request.is(i, "AUTH") && left >= 1) {
        credentials = List.of(request.bytes(++i));
      } else if (request.is(i, "AUTH2") && left >= 2) {
        credentials = List.of(request.bytes(++i), request.bytes(++i));
      } else if (request.is(i, "KEYS")) {
        if (request.length(KEY) != 0) {
          throw new CommandException(
              "ERR When using MIGRATE KEYS option, the key argument must be set to the empty"
                  + " string");
        }
        break;
      } else {
        throw CommandException.syntax();
      }
    }
    return new MigrateOptions(target(call), keep, replace, credentials, keys(request));
  }

  private static KeyTransfer.Target target(Call call) {
    long timeout = call.longArgument(TIMEOUT);
    long database = call.longArgument(DATABASE);
    Request request = call.request();
    long port = request.isLong(PORT) ? request.toLong(PORT) : 0;
    if (port < 1 || port > MAX_PORT) {
      throw new CommandException("IOERR error or timeout connecting to the client");
    }
    return new KeyTransfer.Target(
        request.text(HOST), (int) port, database, timeout <= 0 ? DEFAULT_TIMEOUT_MILLIS : timeout);
  }

  /** The places of the keys: the third argument, or what stands behind KEYS where that is empty. */
  static int[] keys(Request request) {
    if (request.length(KEY) > 0) {
      return new int[] {KEY};
    }
    for (int i = OPTIONS; i < request.count(); i++) {
      if (request.is(i, "AUTH")) {
        i++;
      } else if (request.is(i, "AUTH2")) {
        i += 2;
      } else if (request.is(i, "KEYS")) {
        return IntStream.range(i + 1, request.count()).toArray();
      }
    }
    return new int[] {KEY};
  }
}
