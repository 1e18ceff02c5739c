package io.slotcast.broker.command.string;

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
import io.slotcast.broker.keyspace.Value;
import io.slotcast.broker.resp.Request;

/**
 * MSET key value [key value …] and MSETNX: stores strings under keys of one slot; MSETNX stores all
 * of them, replying 1, or none if any key is there, replying 0.
 */
final class MultiSet implements Command {
  private final CommandSpec spec;
  private final boolean ifAbsent;

  private MultiSet(CommandSpec.Builder builder, boolean ifAbsent) {
    this.ifAbsent = ifAbsent;
    this.spec =
        builder
            .flags(WRITE, DENYOOM)
            .categories(AclCategory.STRING)
            .complexity("O(N) where N is the number of keys to set.")
            .arguments(
                Argument.block(
                        "key_value", Argument.key("key", 0), Argument.of("value", Type.STRING))
                    .asMultiple())
            .build();
  }

  static MultiSet mset() {
    return new MultiSet(
        CommandSpec.command("mset", -3)
            .tips("request_policy:multi_shard", "response_policy:all_succeeded")
            .keys(KeySpec.range(1, -1, 2, KeySpec.Flag.OW, KeySpec.Flag.UPDATE))
            .doc("string", "1.0.1", "Stores strings under several keys."),
        false);
  }

  static MultiSet msetnx() {
    return new MultiSet(
        CommandSpec.command("msetnx", -3)
            .tips("request_policy:multi_shard", "response_policy:agg_min")
            .keys(KeySpec.range(1, -1, 2, KeySpec.Flag.OW, KeySpec.Flag.INSERT))
            .doc("string", "1.0.1", "Stores strings under several keys, if none of them is there."),
        true);
  }

  @Override
  public CommandSpec spec() {
    return spec;
  }

  @Override
  public void run(Call call) {
    Request request = call.request();
    if (request.count() % 2 == 0) {
      throw CommandException.wrongNumberOfArguments(spec.name());
    }
    if (ifAbsent && isAnyPresent(call)) {
      call.reply().integer(0);
      return;
    }
    for (int i = 1; i < request.count(); i += 2) {
      Set.store(call, i, call.findKey(i), i + 1, Value.NEVER);
    }
    if (ifAbsent) {
      call.reply().integer(1);
    } else {
      call.reply().ok();
    }
  }

  private static boolean isAnyPresent(Call call) {
    for (int i = 1; i < call.request().count(); i += 2) {
      if (call.findKey(i) != null) {
        return true;
      }
    }
    return false;
  }
}
