package io.slotcast.broker.command.persistence;

import static io.slotcast.broker.command.CommandFlag.ADMIN;
import static io.slotcast.broker.command.CommandFlag.FAST;
import static io.slotcast.broker.command.CommandFlag.LOADING;
import static io.slotcast.broker.command.CommandFlag.NOSCRIPT;
import static io.slotcast.broker.command.CommandFlag.NO_ASYNC_LOADING;
import static io.slotcast.broker.command.CommandFlag.NO_MULTI;
import static io.slotcast.broker.command.CommandFlag.STALE;

import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandException;
import io.slotcast.broker.command.CommandSpec;
import java.util.List;
import java.util.function.Consumer;

/** SAVE, BGSAVE, LASTSAVE and BGREWRITEAOF, with the replies of Redis 7.0. */
public final class PersistenceCommands {
  private PersistenceCommands() {}

  public static List<Command> all(Persistence persistence) {
    return List.of(
        new Simple(
            CommandSpec.command("save", 1)
                .flags(ADMIN, NOSCRIPT, NO_ASYNC_LOADING, NO_MULTI)
                .doc("server", "1.0.0", "Saves all keys of this node to disk, and then replies.")
                .complexity("O(N) where N is the total number of keys in all databases")
                .build(),
            call -> persistence.save(call.replyLater())),
        new Simple(
            CommandSpec.command("bgsave", -1)
                .flags(ADMIN, NOSCRIPT, NO_ASYNC_LOADING)
                .doc("server", "1.0.0", "Saves all keys of this node to disk in the background.")
                .complexity("O(1)")
                .arguments(Argument.token("schedule").asOptional())
                .build(),
            call -> saveInBackground(persistence, call)),
        new Simple(
            CommandSpec.command("lastsave", 1)
                .flags(LOADING, STALE, FAST)
                .categories(AclCategory.ADMIN, AclCategory.DANGEROUS)
                .tips("nondeterministic_output")
                .doc("server", "1.0.0", "Tells when all keys of this node were last saved to disk.")
                .complexity("O(1)")
                .build(),
            call -> call.reply().integer(persistence.lastSaveSeconds())),
        new Simple(
            CommandSpec.command("bgrewriteaof", 1)
                .flags(ADMIN, NOSCRIPT, NO_ASYNC_LOADING)
                .doc("server", "1.0.0", "Writes the journal anew in the background.")
                .complexity("O(1)")
                .build(),
            call -> rewrite(persistence, call)));
  }

  private record Simple(CommandSpec spec, Consumer<Call> action) implements Command {
    @Override
    public void run(Call call) {
      action.accept(call);
    }
  }

  private static void saveInBackground(Persistence persistence, Call call) {
    boolean schedule = call.request().count() > 1;
    if (call.request().count() > 2 || (schedule && !call.request().is(1, "SCHEDULE"))) {
      throw CommandException.syntax();
    }
    switch (persistence.saveInBackground(schedule)) {
      case STARTED -> call.reply().simple("Background saving started");
      case SCHEDULED -> call.reply().simple("Background saving scheduled");
      case ALREADY -> throw new CommandException("ERR Background save already in progress");
      case BUSY ->
          throw new CommandException(
              "ERR Another child process is active (AOF?): can't BGSAVE right now. Use BGSAVE"
                  + " SCHEDULE in order to schedule a BGSAVE whenever possible.");
      case FAILED -> throw new CommandException("ERR");
    }
  }

  private static void rewrite(Persistence persistence, Call call) {
    switch (persistence.rewriteInBackground()) {
      case STARTED -> call.reply().simple("Background append only file rewriting started");
      case SCHEDULED, BUSY ->
          call.reply().simple("Background append only file rewriting scheduled");
      case ALREADY ->
          throw new CommandException(
              "ERR Background append only file rewriting already in progress");
      case FAILED ->
          throw new CommandException(
              "ERR Can't execute an AOF background rewriting. Please check the server logs for"
                  + " more information.");
    }
  }
}
