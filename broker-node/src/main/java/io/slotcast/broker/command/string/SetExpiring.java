package io.slotcast.broker.command.string;

import static io.slotcast.broker.command.CommandFlag.DENYOOM;
import static io.slotcast.broker.command.CommandFlag.WRITE;

import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandDoc.Type;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.command.KeySpec;

/** SETEX key seconds value and PSETEX key milliseconds value: SET with an expiry. */
final class SetExpiring implements Command {
  private final CommandSpec spec;
  private final ExpiryForm form;

  private SetExpiring(String name, String since, ExpiryForm form, String time) {
    this.form = form;
    this.spec =
        CommandSpec.command(name, 4)
            .flags(WRITE, DENYOOM)
            .categories(AclCategory.STRING)
            .keys(KeySpec.one(1, KeySpec.Flag.OW, KeySpec.Flag.UPDATE))
            .doc("string", since, "Stores a string that expires after so many " + time + ".")
            .arguments(
                Argument.key("key", 0),
                Argument.of(time, Type.INTEGER),
                Argument.of("value", Type.STRING))
            .build();
  }

  static SetExpiring seconds() {
    return new SetExpiring("setex", "2.0.0", ExpiryForm.EX, "seconds");
  }

  static SetExpiring milliseconds() {
    return new SetExpiring("psetex", "2.6.0", ExpiryForm.PX, "milliseconds");
  }

  @Override
  public CommandSpec spec() {
    return spec;
  }

  @Override
  public void run(Call call) {
    long expiresAt = form.expiresAtMillis(call, 2, spec.name());
    Set.store(call, 1, call.findKey(1), 3, expiresAt);
    Set.recordStored(call, 3, expiresAt);
    call.reply().ok();
  }
}
