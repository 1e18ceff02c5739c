package io.slotcast.broker.command;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All that is known of a command without running it. It feeds dispatch, routing, COMMAND INFO and
 * DOCS, and ACL categories; nothing of it is written down a second time.
 *
 * @param name in lower case; a subcommand's own name without its container's
 * @param arity how many arguments, the name included; at least that many if negative
 * @param flags as COMMAND INFO prints them
 * @param categories ACL categories
 * @param keys where the keys or shard channels stand
 * @param search finds the keys where {@code keys} tells only about where they are; usually null
 * @param tips hints for clients that route requests
 * @param doc what COMMAND DOCS prints
 */
public record CommandSpec(
    String name,
    int arity,
    Set<CommandFlag> flags,
    Set<AclCategory> categories,
    List<KeySpec> keys,
    KeySpec.@Nullable Search search,
    List<String> tips,
    CommandDoc doc) {

  public static Builder command(String name, int arity) {
    return new Builder(name, arity);
  }

  public boolean has(CommandFlag flag) {
    return flags.contains(flag);
  }

  /** Whether {@code count} arguments, the name included, can be right. */
  public boolean acceptsCount(int count) {
    return arity >= 0 ? count == arity : count >= -arity;
  }

  /** Collects a spec; each command's class builds its own once. */
  public static final class Builder {
    private final String name;
    private final int arity;
    private final EnumSet<CommandFlag> flags = EnumSet.noneOf(CommandFlag.class);
    private final EnumSet<AclCategory> categories = EnumSet.noneOf(AclCategory.class);
    private final List<KeySpec> keys = new ArrayList<>();
    private KeySpec.@Nullable Search search;
    private final List<String> tips = new ArrayList<>();
    private String summary = "";
    private String since = "1.0.0";
    private String group = "generic";
    private String complexity = "O(1)";
    private final List<CommandDoc.Argument> arguments = new ArrayList<>();

    private Builder(String name, int arity) {
      this.name = name.toLowerCase(Locale.ROOT);
      this.arity = arity;
    }

    public Builder flags(CommandFlag... values) {
      flags.addAll(Arrays.asList(values));
      return this;
    }

    /** Categories beyond those that follow from the flags, which are added by themselves. */
    public Builder categories(AclCategory... values) {
      categories.addAll(Arrays.asList(values));
      return this;
    }

    public Builder keys(KeySpec... values) {
      keys.addAll(Arrays.asList(values));
      return this;
    }

    /** How the keys are really found, where the key specs that Redis prints do not tell. */
    public Builder keysFoundBy(KeySpec.Search value) {
      search = value;
      return this;
    }

    public Builder tips(String... values) {
      tips.addAll(Arrays.asList(values));
      return this;
    }

    /** The group and the version that brought the command, and what it does in one sentence. */
    public Builder doc(String inGroup, String sinceVersion, String oneSentence) {
      group = inGroup;
      since = sinceVersion;
      summary = oneSentence;
      return this;
    }

    public Builder complexity(String value) {
      complexity = value;
      return this;
    }

    public Builder arguments(CommandDoc.Argument... values) {
      arguments.addAll(Arrays.asList(values));
      return this;
    }

    public CommandSpec build() {
      impliedCategories();
      return new CommandSpec(
          name,
          arity,
          Set.copyOf(flags),
          Set.copyOf(categories),
          List.copyOf(keys),
          search,
          List.copyOf(tips),
          new CommandDoc(summary, since, group, complexity, List.copyOf(arguments)));
    }

    /** As Redis' setImplicitACLCategories. */
    private void impliedCategories() {
      if (flags.contains(CommandFlag.WRITE)) {
        categories.add(AclCategory.WRITE);
      }
      if (flags.contains(CommandFlag.READONLY) && !categories.contains(AclCategory.SCRIPTING)) {
        categories.add(AclCategory.READ);
      }
      if (flags.contains(CommandFlag.ADMIN)) {
        categories.add(AclCategory.ADMIN);
        categories.add(AclCategory.DANGEROUS);
      }
      if (flags.contains(CommandFlag.PUBSUB)) {
        categories.add(AclCategory.PUBSUB);
      }
      if (flags.contains(CommandFlag.BLOCKING)) {
        categories.add(AclCategory.BLOCKING);
      }
      categories.add(flags.contains(CommandFlag.FAST) ? AclCategory.FAST : AclCategory.SLOW);
    }
  }
}
