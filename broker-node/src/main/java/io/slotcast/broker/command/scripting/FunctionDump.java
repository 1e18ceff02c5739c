package io.slotcast.broker.command.scripting;

import static io.slotcast.broker.command.CommandFlag.NOSCRIPT;

import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandSpec;
import java.util.HexFormat;

/** FUNCTION DUMP: the payload of a server without functions. */
final class FunctionDump implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("dump", 2)
          .flags(NOSCRIPT)
          .categories(AclCategory.SCRIPTING)
          .doc("scripting", "7.0.0", "Serializes all functions.")
          .complexity("O(N) where N is the number of functions")
          .build();

  /** No function, then the version of the RDB format (10) and the checksum, least byte first. */
  static final byte[] EMPTY = HexFormat.of().parseHex("0a005d9b5c400f7fa2da");

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    call.reply().bulk(EMPTY);
  }
}
