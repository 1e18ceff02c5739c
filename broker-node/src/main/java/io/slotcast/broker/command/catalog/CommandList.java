package io.slotcast.broker.command.catalog;

import static io.slotcast.broker.command.CommandFlag.LOADING;
import static io.slotcast.broker.command.CommandFlag.STALE;

import io.slotcast.broker.bytes.GlobPattern;
import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandDoc.Type;
import io.slotcast.broker.command.CommandException;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.command.CommandTable;
import io.slotcast.broker.command.RegisteredCommand;
import io.slotcast.broker.resp.Request;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;

/** COMMAND LIST [FILTERBY MODULE|ACLCAT|PATTERN value]. */
final class CommandList implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("list", -2)
          .flags(LOADING, STALE)
          .categories(AclCategory.CONNECTION)
          .tips("nondeterministic_output_order")
          .doc("server", "7.0.0", "Lists the names of the commands.")
          .complexity("O(N) where N is the total number of commands")
          .arguments(
              Argument.oneOf(
                      "filterby",
                      Argument.of("module-name", Type.STRING).withToken("MODULE"),
                      Argument.of("category", Type.STRING).withToken("ACLCAT"),
                      Argument.of("pattern", Type.PATTERN).withToken("PATTERN"))
                  .withToken("FILTERBY")
                  .asOptional())
          .build();

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    Predicate<RegisteredCommand> wanted = filter(call.request());
    List<RegisteredCommand> found = new ArrayList<>();
    collect(call.commands(), wanted, call.request().count() > 2, found);
    call.reply().array(found.size());
    found.forEach(command -> call.reply().bulk(command.fullName()));
  }

  /** Subcommands are listed where there is a filter, as in Redis. */
  private static void collect(
      CommandTable table,
      Predicate<RegisteredCommand> wanted,
      boolean withSubcommands,
      List<RegisteredCommand> found) {
    for (RegisteredCommand command : table.all()) {
      if (wanted.test(command)) {
        found.add(command);
      }
      CommandTable subcommands = command.subcommands();
      if (withSubcommands && subcommands != null) {
        collect(subcommands, wanted, true, found);
      }
    }
  }

  private static Predicate<RegisteredCommand> filter(Request request) {
    if (request.count() == 2) {
      return command -> true;
    }
    if (request.count() != 5 || !request.is(2, "FILTERBY")) {
      throw CommandException.syntax();
    }
    if (request.is(3, "MODULE")) {
      return command -> false;
    }
    if (request.is(3, "ACLCAT")) {
      String name = "@" + request.text(4).toLowerCase(Locale.ROOT);
      return command ->
          command.spec().categories().stream().anyMatch(each -> each.redisName().equals(name));
    }
    if (request.is(3, "PATTERN")) {
      GlobPattern pattern =
          new GlobPattern(
              request.text(4).toLowerCase(Locale.ROOT).getBytes(StandardCharsets.ISO_8859_1));
      return command -> pattern.matches(command.fullName().getBytes(StandardCharsets.ISO_8859_1));
    }
    throw CommandException.syntax();
  }
}
