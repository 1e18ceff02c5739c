package io.slotcast.broker.command;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A command that is only a name for its subcommands, such as CLIENT. The dispatcher picks one. */
public final class ContainerCommand implements Command {
  private final CommandSpec spec;
  private final CommandTable subcommands;
  private final @Nullable Consumer<Call> alone;

  /** A container; HELP is added to its subcommands, made from their specs. */
  public ContainerCommand(CommandSpec spec, List<Command> subcommands) {
    this(spec, subcommands, List.of(), null);
  }

  /** As above; HELP is in a category that the container itself is not in. */
  public ContainerCommand(CommandSpec spec, List<Command> subcommands, AclCategory help) {
    this(spec, subcommands, List.of(help), null);
  }

  /** A container whose name alone is a command as well; {@code alone} runs it. */
  public ContainerCommand(CommandSpec spec, List<Command> subcommands, Consumer<Call> alone) {
    this(spec, subcommands, List.of(), alone);
  }

  private ContainerCommand(
      CommandSpec spec,
      List<Command> subcommands,
      List<AclCategory> helpCategories,
      @Nullable Consumer<Call> alone) {
    this.spec = spec;
    this.alone = alone;
    CommandTable.Builder table = CommandTable.builder();
    subcommands.forEach(table::add);
    table.add(new ContainerHelp(spec, helpCategories, subcommands));
    this.subcommands = table.build(spec.name());
  }

  @Override
  public CommandSpec spec() {
    return spec;
  }

  public CommandTable subcommands() {
    return subcommands;
  }

  boolean runsAlone() {
    return alone != null;
  }

  @Override
  public void run(Call call) {
    if (alone == null) {
      throw new IllegalStateException(spec.name() + " was run instead of a subcommand");
    }
    alone.accept(call);
  }
}
