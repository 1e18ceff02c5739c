package io.slotcast.broker.command;

import io.slotcast.router.Access;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A command with what the dispatcher needs at hand, worked out once from its spec. */
public final class RegisteredCommand {
  /** What runs between MULTI and EXEC; all else is queued. */
  private static final Set<String> RUN_AT_ONCE =
      Set.of("multi", "exec", "discard", "watch", "quit", "reset");

  private final Command command;
  private final CommandSpec spec;
  private final String fullName;
  private final byte[] upperCaseName;
  private final @Nullable KeyFinder keys;
  private final Access access;
  private final boolean needsSubcommand;
  private final boolean queues;
  private final CommandStatistics statistics = new CommandStatistics();

  RegisteredCommand(Command command, String container) {
    this.command = command;
    this.spec = command.spec();
    this.fullName = container.isEmpty() ? spec.name() : container + "|" + spec.name();
    this.upperCaseName = spec.name().toUpperCase(Locale.ROOT).getBytes(StandardCharsets.US_ASCII);
    this.keys = keyFinder(spec);
    this.needsSubcommand =
        command instanceof ContainerCommand subcommands && !subcommands.runsAlone();
    this.queues = !RUN_AT_ONCE.contains(fullName);
    this.access =
        spec.keys().stream().anyMatch(KeySpec::isChannel)
            ? Access.SHARD_CHANNEL
            : fullName.equals("migrate")
                ? Access.TRANSFER
                : spec.has(CommandFlag.WRITE) ? Access.WRITE : Access.READ;
  }

  private static @Nullable KeyFinder keyFinder(CommandSpec spec) {
    if (spec.keys().isEmpty()) {
      return null;
    }
    KeySpec.Search search = spec.search();
    return new KeyFinder(search == null ? spec.keys() : List.of(KeySpec.searched(search)));
  }

  public Command command() {
    return command;
  }

  public CommandSpec spec() {
    return spec;
  }

  /** The name with its container's before it: {@code client|list}. */
  public String fullName() {
    return fullName;
  }

  byte[] upperCaseName() {
    return upperCaseName;
  }

  /** Where the keys are, or null for a command without any. */
  public @Nullable KeyFinder keys() {
    return keys;
  }

  public Access access() {
    return access;
  }

  public CommandStatistics statistics() {
    return statistics;
  }

  /** The subcommands of a container, or null. */
  public @Nullable CommandTable subcommands() {
    return command instanceof ContainerCommand container ? container.subcommands() : null;
  }

  /** Whether the name alone is no command. */
  boolean needsSubcommand() {
    return needsSubcommand;
  }

  boolean isAsking() {
    return fullName.equals("asking");
  }

  boolean isExec() {
    return fullName.equals("exec");
  }

  /** Whether it is queued between MULTI and EXEC. */
  boolean queues() {
    return queues;
  }

  /**
   * Whether it may not be queued at all: a subscription's confirmations are no reply within EXEC's.
   */
  boolean isBarredFromTransactions() {
    return spec.has(CommandFlag.NO_MULTI)
        || (spec.has(CommandFlag.PUBSUB) && spec.has(CommandFlag.NOSCRIPT));
  }

  /** Whether it may lock any slot, so that it must run without holding one. */
  boolean mayLockSlots() {
    return !spec.has(CommandFlag.FAST) || spec.categories().contains(AclCategory.KEYSPACE);
  }

  boolean isNamed(byte[] array, int offset, int length) {
    byte[] name = upperCaseName;
    if (length != name.length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      int c = array[offset + i];
      if (c != name[i] && (c < 'a' || c > 'z' || c - ('a' - 'A') != name[i])) {
        return false;
      }
    }
    return true;
  }
}
