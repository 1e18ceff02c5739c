package io.slotcast.broker.command;

import java.util.List;

/** A command that is only a name for its subcommands, such as CLIENT. The dispatcher picks one. */
public final class ContainerCommand implements Command {
  private final CommandSpec spec;
  private final CommandTable subcommands;

  /** A container; HELP is added to its subcommands, made from their specs. */
  public ContainerCommand(CommandSpec spec, List<Command> subcommands) {
    this.spec = spec;
    CommandTable.Builder table = CommandTable.builder();
    subcommands.forEach(table::add);
    table.add(new ContainerHelp(spec, subcommands));
    this.subcommands = table.build(spec.name());
  }

  @Override
  public CommandSpec spec() {
    return spec;
  }

  public CommandTable subcommands() {
    return subcommands;
  }

  @Override
  public void run(Call call) {
    throw new IllegalStateException(spec.name() + " was run instead of a subcommand");
  }
}
