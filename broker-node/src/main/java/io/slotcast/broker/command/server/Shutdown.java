package io.slotcast.broker.command.server;

import static io.slotcast.broker.command.CommandFlag.ADMIN;
import static io.slotcast.broker.command.CommandFlag.ALLOW_BUSY;
import static io.slotcast.broker.command.CommandFlag.LOADING;
import static io.slotcast.broker.command.CommandFlag.NOSCRIPT;
import static io.slotcast.broker.command.CommandFlag.NO_MULTI;
import static io.slotcast.broker.command.CommandFlag.STALE;

import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandException;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.resp.Request;
import java.util.function.Consumer;

/**
 * SHUTDOWN [NOSAVE|SAVE] [NOW] [FORCE] [ABORT]: the node leaves its cluster and the process ends;
 * the connection closes without a reply.
 */
final class Shutdown implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("shutdown", -1)
          .flags(ADMIN, NOSCRIPT, LOADING, STALE, NO_MULTI, ALLOW_BUSY)
          .doc("server", "1.0.0", "Ends this node.")
          .complexity(
              "O(N) when saving, where N is the total number of keys in all databases when saving data, otherwise O(1)")
          .arguments(
              Argument.oneOf("nosave_save", Argument.token("NOSAVE"), Argument.token("SAVE"))
                  .asOptional(),
              Argument.token("NOW").asOptional(),
              Argument.token("FORCE").asOptional(),
              Argument.token("ABORT").asOptional())
          .build();

  private final Consumer<SavingAtEnd> shutdown;

  Shutdown(Consumer<SavingAtEnd> shutdown) {
    this.shutdown = shutdown;
  }

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    if (isAbort(call.request())) {
      // A shutdown waits for nothing, so there is never one under way.
      throw new CommandException("ERR No shutdown in progress.");
    }
    call.client().connection().suspend();
    shutdown.accept(saving(call.request()));
  }

  private static SavingAtEnd saving(Request request) {
    for (int i = 1; i < request.count(); i++) {
      if (request.is(i, "SAVE")) {
        return SavingAtEnd.ALWAYS;
      } else if (request.is(i, "NOSAVE")) {
        return SavingAtEnd.NEVER;
      }
    }
    return SavingAtEnd.AS_CONFIGURED;
  }

  private static boolean isAbort(Request request) {
    boolean save = false;
    boolean noSave = false;
    boolean abort = false;
    boolean other = false;
    for (int i = 1; i < request.count(); i++) {
      if (request.is(i, "SAVE")) {
        save = true;
      } else if (request.is(i, "NOSAVE")) {
        noSave = true;
      } else if (request.is(i, "ABORT")) {
        abort = true;
      } else if (request.is(i, "NOW") || request.is(i, "FORCE")) {
        other = true;
      } else {
        throw CommandException.syntax();
      }
    }
    if ((save && noSave) || (abort && (save || noSave || other))) {
      throw CommandException.syntax();
    }
    return abort;
  }
}
