package io.slotcast.broker.command.generic;

import static io.slotcast.broker.command.CommandFlag.DENYOOM;
import static io.slotcast.broker.command.CommandFlag.WRITE;

import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandDoc.Type;
import io.slotcast.broker.command.CommandException;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.command.KeySpec;
import io.slotcast.broker.keyspace.KeyEvent;
import io.slotcast.broker.keyspace.Value;
import io.slotcast.broker.keyspace.rdb.DumpPayload;
import io.slotcast.broker.resp.Request;
import java.util.Arrays;

/**
 * COPY source destination [DB 0] [REPLACE]: stores a copy, with its expiry, under another key of
 * the same slot. Replies 1, or 0 where there is nothing to copy or something in its place.
 */
final class Copy implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("copy", -3)
          .flags(WRITE, DENYOOM)
          .categories(AclCategory.KEYSPACE)
          .keys(
              KeySpec.one(1, KeySpec.Flag.RO, KeySpec.Flag.ACCESS),
              KeySpec.one(2, KeySpec.Flag.OW, KeySpec.Flag.UPDATE))
          .doc("generic", "6.2.0", "Copies the value of a key to another key.")
          .complexity(
              "O(N) worst case for collections, where N is the number of nested items. O(1) for string values.")
          .arguments(
              Argument.key("source", 0),
              Argument.key("destination", 1),
              Argument.of("destination-db", Type.INTEGER).withToken("DB").asOptional(),
              Argument.token("replace").asOptional())
          .build();

  /** How many databases Redis has by default; there is but one in a cluster. */
  private static final int DATABASES = 16;

  private final DumpPayload payload;

  /**
   * @param payload what copies are made by: they are what DUMP and RESTORE would make
   */
  Copy(DumpPayload payload) {
    this.payload = payload;
  }

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    Request request = call.request();
    boolean replace = replace(call);
    if (Arrays.equals(request.bytes(1), request.bytes(2))) {
      throw new CommandException("ERR source and destination objects are the same");
    }
    Value source = call.readKey(1);
    boolean isFree = source != null && (call.findKey(2) == null || replace);
    if (source == null || !isFree) {
      call.reply().integer(0);
      return;
    }
    Value copy = payload.copyOf(source);
    call.putKey(2, copy);
    if (source.expires()) {
      call.keys().expireAt(copy, source.expiresAtMillis());
    }
    call.changed(2, KeyEvent.COPY_TO);
    call.reply().integer(1);
  }

  private static boolean replace(Call call) {
    Request request = call.request();
    boolean replace = false;
    long database = 0;
    for (int i = 3; i < request.count(); i++) {
      if (request.is(i, "REPLACE")) {
        replace = true;
      } else if (request.is(i, "DB") && i + 1 < request.count()) {
        database = call.intArgument(++i);
        if (database < 0 || database >= DATABASES) {
          throw new CommandException("ERR DB index is out of range");
        }
      } else {
        throw CommandException.syntax();
      }
    }
    if (database != 0) {
      throw new CommandException("ERR Copying to another database is not allowed in cluster mode");
    }
    return replace;
  }
}
