package io.slotcast.broker.command;

import static io.slotcast.broker.command.CommandFlag.LOADING;
import static io.slotcast.broker.command.CommandFlag.STALE;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** HELP of a container: a line of syntax and a line of explanation for each subcommand. */
final class ContainerHelp implements Command {
  private final CommandSpec spec;
  private final List<String> lines = new ArrayList<>();

  ContainerHelp(
      CommandSpec container, List<AclCategory> furtherCategories, List<Command> subcommands) {
    CommandDoc doc = container.doc();
    this.spec =
        CommandSpec.command("help", 2)
            .flags(LOADING, STALE)
            .categories(container.categories().toArray(AclCategory[]::new))
            .categories(furtherCategories.toArray(AclCategory[]::new))
            .doc(doc.group(), doc.since(), "Lists the subcommands.")
            .build();
    lines.add(
        container.name().toUpperCase(Locale.ROOT)
            + " <subcommand> [<arg> [value] [opt] ...]. Subcommands are:");
    for (Command subcommand : subcommands) {
      CommandSpec sub = subcommand.spec();
      String arguments =
          sub.doc().arguments().stream().map(SyntaxText::of).collect(Collectors.joining(" "));
      lines.add((sub.name().toUpperCase(Locale.ROOT) + " " + arguments).strip());
      lines.add("    " + sub.doc().summary());
    }
    lines.add("HELP");
    lines.add("    Print this help.");
  }

  @Override
  public CommandSpec spec() {
    return spec;
  }

  @Override
  public void run(Call call) {
    call.reply().array(lines.size());
    lines.forEach(call.reply()::simple);
  }
}
