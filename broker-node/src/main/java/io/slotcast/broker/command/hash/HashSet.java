package io.slotcast.broker.command.hash;

import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandDoc.Type;
import io.slotcast.broker.command.CommandException;
import io.slotcast.broker.command.CommandFlag;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.command.KeySpec;
import io.slotcast.broker.keyspace.KeyEvent;
import io.slotcast.broker.keyspace.hash.HashValue;
import io.slotcast.broker.resp.Request;
import java.util.function.Supplier;

/** HSET key field value [field value …], which replies how many fields are new, and HMSET. */
final class HashSet implements Command {
  private final CommandSpec spec;
  private final boolean counts;
  private final Supplier<HashValue.Limits> limits;

  private HashSet(CommandSpec spec, boolean counts, Supplier<HashValue.Limits> limits) {
    this.spec = spec;
    this.counts = counts;
    this.limits = limits;
  }

  static HashSet hset(Supplier<HashValue.Limits> limits) {
    CommandSpec spec =
        CommandSpec.command("hset", -4)
            .flags(CommandFlag.WRITE, CommandFlag.DENYOOM, CommandFlag.FAST)
            .categories(AclCategory.HASH)
            .keys(KeySpec.one(1, KeySpec.Flag.RW, KeySpec.Flag.UPDATE))
            .doc("hash", "2.0.0", "Sets fields of a hash.")
            .complexity(
                "O(1) for each field/value pair added, so O(N) to add N field/value pairs when the command is called with multiple field/value pairs.")
            .arguments(
                Argument.key("key", 0),
                Argument.block(
                        "field_value",
                        Argument.of("field", Type.STRING),
                        Argument.of("value", Type.STRING))
                    .asMultiple())
            .build();
    return new HashSet(spec, true, limits);
  }

  static HashSet hmset(Supplier<HashValue.Limits> limits) {
    CommandSpec spec =
        CommandSpec.command("hmset", -4)
            .flags(CommandFlag.WRITE, CommandFlag.DENYOOM, CommandFlag.FAST)
            .categories(AclCategory.HASH)
            .keys(KeySpec.one(1, KeySpec.Flag.RW, KeySpec.Flag.UPDATE))
            .doc("hash", "2.0.0", "Sets fields of a hash.")
            .complexity("O(N) where N is the number of fields being set.")
            .arguments(
                Argument.key("key", 0),
                Argument.block(
                        "field_value",
                        Argument.of("field", Type.STRING),
                        Argument.of("value", Type.STRING))
                    .asMultiple())
            .build();
    return new HashSet(spec, false, limits);
  }

  @Override
  public CommandSpec spec() {
    return spec;
  }

  @Override
  public void run(Call call) {
    Request request = call.request();
    if (request.count() % 2 == 1) {
      throw CommandException.wrongNumberOfArguments(spec.name());
    }
    HashValue hash = findOrCreate(call, limits);
    int created = 0;
    for (int i = 2; i < request.count(); i += 2) {
      if (hash.put(request.bytes(i), request.bytes(i + 1))) {
        created++;
      }
    }
    call.changed(1, KeyEvent.HSET);
    if (counts) {
      call.reply().integer(created);
    } else {
      call.reply().ok();
    }
  }

  /** The hash of the key in argument 1, which is there after it. */
  static HashValue findOrCreate(Call call, Supplier<HashValue.Limits> limits) {
    HashValue hash = call.findKey(1, HashValue.class);
    if (hash == null) {
      hash = new HashValue(limits.get());
      call.putKey(1, hash);
    }
    return hash;
  }
}
