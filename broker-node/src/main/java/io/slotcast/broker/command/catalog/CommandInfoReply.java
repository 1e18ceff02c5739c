package io.slotcast.broker.command.catalog;

import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.CommandFlag;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.command.CommandTable;
import io.slotcast.broker.command.KeySpec;
import io.slotcast.broker.command.RegisteredCommand;
import io.slotcast.broker.resp.RespWriter;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Writes a command as COMMAND INFO shows it. Source: the documentation page of COMMAND. */
final class CommandInfoReply {
  /** What Redis knows of a command and does not print. */
  private static final Set<CommandFlag> HIDDEN =
      EnumSet.of(CommandFlag.PROTECTED, CommandFlag.MAY_REPLICATE);

  private final RespWriter reply;

  CommandInfoReply(RespWriter reply) {
    this.reply = reply;
  }

  /** Ten fields, or a null where there is no such command. */
  void command(@Nullable RegisteredCommand command) {
    if (command == null) {
      reply.nil();
      return;
    }
    CommandSpec spec = command.spec();
    LegacyKeyRange range = LegacyKeyRange.of(spec.keys());
    reply.array(10);
    reply.bulk(command.fullName());
    reply.integer(spec.arity());
    flags(spec, range.movable());
    reply.integer(range.first());
    reply.integer(range.last());
    reply.integer(range.step());
    List<AclCategory> categories = spec.categories().stream().sorted().toList();
    reply.set(categories.size());
    categories.forEach(category -> reply.simple(category.redisName()));
    reply.set(spec.tips().size());
    spec.tips().forEach(reply::bulk);
    reply.set(spec.keys().size());
    spec.keys().forEach(this::keySpec);
    CommandTable subcommands = command.subcommands();
    reply.set(subcommands == null ? 0 : subcommands.all().size());
    if (subcommands != null) {
      subcommands.all().forEach(this::command);
    }
  }

  private void flags(CommandSpec spec, boolean movable) {
    EnumSet<CommandFlag> flags = EnumSet.noneOf(CommandFlag.class);
    flags.addAll(spec.flags());
    flags.removeAll(HIDDEN);
    if (movable) {
      flags.add(CommandFlag.MOVABLEKEYS);
    }
    reply.set(flags.size());
    flags.forEach(flag -> reply.simple(flag.redisName()));
  }

  private void keySpec(KeySpec spec) {
    reply.map(3);
    reply.bulk("flags");
    keyFlags(spec);
    reply.bulk("begin_search");
    begin(spec.begin());
    reply.bulk("find_keys");
    find(spec.find());
  }

  /** What a command does with the keys of a spec. */
  void keyFlags(KeySpec spec) {
    List<KeySpec.Flag> flags = spec.flags().stream().sorted().toList();
    reply.set(flags.size());
    flags.forEach(flag -> reply.simple(name(flag)));
  }

  private static String name(KeySpec.Flag flag) {
    return switch (flag) {
      case RO, RW, OW, RM -> flag.name();
      default -> flag.name().toLowerCase(Locale.ROOT);
    };
  }

  private void begin(KeySpec.Begin begin) {
    switch (begin) {
      case KeySpec.Begin.Index(int position) -> {
        search("index", 1);
        number("index", position);
      }
      case KeySpec.Begin.Keyword(String keyword, int startFrom) -> {
        search("keyword", 2);
        reply.bulk("keyword");
        reply.bulk(keyword);
        number("startfrom", startFrom);
      }
      case KeySpec.Begin.Unknown() -> search("unknown", 0);
    }
  }

  private void find(KeySpec.Find find) {
    switch (find) {
      case KeySpec.Find.Range(int lastKey, int step, int limit) -> {
        search("range", 3);
        number("lastkey", lastKey);
        number("keystep", step);
        number("limit", limit);
      }
      case KeySpec.Find.KeyNum(int keyNumIndex, int firstKey, int step) -> {
        search("keynum", 3);
        number("keynumidx", keyNumIndex);
        number("firstkey", firstKey);
        number("keystep", step);
      }
      case KeySpec.Find.BySearch searched -> search("unknown", 0);
    }
  }

  private void search(String type, int fields) {
    reply.map(2);
    reply.bulk("type");
    reply.bulk(type);
    reply.bulk("spec");
    reply.map(fields);
  }

  private void number(String name, int value) {
    reply.bulk(name);
    reply.integer(value);
  }
}
