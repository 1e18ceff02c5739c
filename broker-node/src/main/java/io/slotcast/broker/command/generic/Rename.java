package io.slotcast.broker.command.generic;

import static io.slotcast.broker.command.CommandFlag.FAST;
import static io.slotcast.broker.command.CommandFlag.WRITE;

import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandException;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.command.KeySpec;
import io.slotcast.broker.keyspace.KeyEvent;
import io.slotcast.broker.keyspace.Value;
import io.slotcast.broker.resp.Request;

/**
 * RENAME and RENAMENX key newkey: moves a value with its expiry; NX only if there is no such key
 * yet, and replies whether it did.
 */
final class Rename implements Command {
  private final CommandSpec spec;
  private final boolean onlyIfAbsent;

  private Rename(CommandSpec spec, boolean onlyIfAbsent) {
    this.spec = spec;
    this.onlyIfAbsent = onlyIfAbsent;
  }

  static Rename rename() {
    return new Rename(
        CommandSpec.command("rename", 3)
            .flags(WRITE)
            .categories(AclCategory.KEYSPACE)
            .keys(
                KeySpec.one(1, KeySpec.Flag.RW, KeySpec.Flag.ACCESS, KeySpec.Flag.DELETE),
                KeySpec.one(2, KeySpec.Flag.OW, KeySpec.Flag.UPDATE))
            .doc("generic", "1.0.0", "Gives a key another name.")
            .arguments(Argument.key("key", 0), Argument.key("newkey", 1))
            .build(),
        false);
  }

  static Rename renamenx() {
    return new Rename(
        CommandSpec.command("renamenx", 3)
            .flags(WRITE, FAST)
            .categories(AclCategory.KEYSPACE)
            .keys(
                KeySpec.one(1, KeySpec.Flag.RW, KeySpec.Flag.ACCESS, KeySpec.Flag.DELETE),
                KeySpec.one(2, KeySpec.Flag.OW, KeySpec.Flag.INSERT))
            .doc("generic", "1.0.0", "Gives a key another name that is not taken.")
            .arguments(Argument.key("key", 0), Argument.key("newkey", 1))
            .build(),
        true);
  }

  @Override
  public CommandSpec spec() {
    return spec;
  }

  @Override
  public void run(Call call) {
    Value value = call.findKey(1);
    if (value == null) {
      throw new CommandException("ERR no such key");
    }
    Value there = call.findKey(2);
    if (value != there && !(onlyIfAbsent && there != null)) {
      Request request = call.request();
      call.keys()
          .rename(
              request.array(),
              request.offset(1),
              request.length(1),
              request.offset(2),
              request.length(2));
      call.changed(1, KeyEvent.RENAME_FROM);
      call.changed(2, KeyEvent.RENAME_TO);
    }
    if (onlyIfAbsent) {
      call.reply().integer(there == null ? 1 : 0);
    } else {
      call.reply().ok();
    }
  }
}
