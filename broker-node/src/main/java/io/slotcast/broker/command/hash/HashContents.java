package io.slotcast.broker.command.hash;

import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandFlag;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.command.KeySpec;
import io.slotcast.broker.keyspace.hash.HashValue;
import io.slotcast.broker.resp.RespWriter;

/** HGETALL, HKEYS and HVALS key: all that a hash holds; nothing where there is no key. */
final class HashContents implements Command {
  private final CommandSpec spec;
  private final boolean fields;
  private final boolean values;

  private HashContents(CommandSpec spec, boolean fields, boolean values) {
    this.spec = spec;
    this.fields = fields;
    this.values = values;
  }

  static HashContents hgetall() {
    CommandSpec spec =
        CommandSpec.command("hgetall", 2)
            .flags(CommandFlag.READONLY)
            .categories(AclCategory.HASH)
            .tips("nondeterministic_output_order")
            .keys(KeySpec.one(1, KeySpec.Flag.RO, KeySpec.Flag.ACCESS))
            .doc("hash", "2.0.0", "Returns all fields and values of a hash.")
            .complexity("O(N) where N is the size of the hash.")
            .arguments(Argument.key("key", 0))
            .build();
    return new HashContents(spec, true, true);
  }

  static HashContents hkeys() {
    CommandSpec spec =
        CommandSpec.command("hkeys", 2)
            .flags(CommandFlag.READONLY)
            .categories(AclCategory.HASH)
            .tips("nondeterministic_output_order")
            .keys(KeySpec.one(1, KeySpec.Flag.RO, KeySpec.Flag.ACCESS))
            .doc("hash", "2.0.0", "Returns all fields of a hash.")
            .complexity("O(N) where N is the size of the hash.")
            .arguments(Argument.key("key", 0))
            .build();
    return new HashContents(spec, true, false);
  }

  static HashContents hvals() {
    CommandSpec spec =
        CommandSpec.command("hvals", 2)
            .flags(CommandFlag.READONLY)
            .categories(AclCategory.HASH)
            .tips("nondeterministic_output_order")
            .keys(KeySpec.one(1, KeySpec.Flag.RO, KeySpec.Flag.ACCESS))
            .doc("hash", "2.0.0", "Returns all values of a hash.")
            .complexity("O(N) where N is the size of the hash.")
            .arguments(Argument.key("key", 0))
            .build();
    return new HashContents(spec, false, true);
  }

  @Override
  public CommandSpec spec() {
    return spec;
  }

  @Override
  public void run(Call call) {
    HashValue hash = call.readKey(1, HashValue.class);
    int size = hash == null ? 0 : hash.size();
    if (fields && values) {
      call.reply().map(size);
    } else {
      call.reply().array(size);
    }
    if (hash != null) {
      hash.forEach((field, value) -> reply(call.reply(), field, value));
    }
  }

  private void reply(RespWriter reply, byte[] field, byte[] value) {
    if (fields) {
      reply.bulk(field);
    }
    if (values) {
      reply.bulk(value);
    }
  }
}
