package io.slotcast.broker.command.set;

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
import io.slotcast.broker.keyspace.Value;
import io.slotcast.broker.keyspace.set.SetValue;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** SMOVE source destination member: 1 if the source had it, else 0. */
final class SetMove implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("smove", 4)
          .flags(CommandFlag.WRITE, CommandFlag.FAST)
          .categories(AclCategory.SET)
          .keys(
              KeySpec.one(1, KeySpec.Flag.RW, KeySpec.Flag.ACCESS, KeySpec.Flag.DELETE),
              KeySpec.one(2, KeySpec.Flag.RW, KeySpec.Flag.INSERT))
          .doc("set", "1.0.0", "Moves a member from one set to another.")
          .arguments(
              Argument.key("source", 0),
              Argument.key("destination", 1),
              Argument.of("member", Type.STRING))
          .build();

  private final LongSupplier maxIntegers;

  SetMove(LongSupplier maxIntegers) {
    this.maxIntegers = maxIntegers;
  }

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    Value found = call.findKey(1);
    Value other = call.findKey(2);
    if (found == null) {
      call.reply().integer(0);
      return;
    }
    if (!(found instanceof SetValue source) || !(other == null || other instanceof SetValue)) {
      throw CommandException.wrongType();
    }
    byte[] member = call.request().bytes(3);
    boolean isMember = source.contains(member);
    if (isMember && source != other) {
      move(call, source, other instanceof SetValue set ? set : null, member);
    }
    call.reply().integer(isMember ? 1 : 0);
  }

  private void move(Call call, SetValue source, @Nullable SetValue target, byte[] member) {
    source.remove(member);
    call.taken(1, KeyEvent.SREM, source.size() == 0);
    if (target == null) {
      target = new SetValue(maxIntegers.getAsLong());
      call.putKey(2, target);
    }
    if (target.add(member)) {
      call.changed(2, KeyEvent.SADD);
    }
  }
}
