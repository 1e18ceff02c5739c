package io.slotcast.broker.command.catalog;

import io.slotcast.broker.command.CommandDoc;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandTable;
import io.slotcast.broker.command.RegisteredCommand;
import io.slotcast.broker.resp.RespWriter;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Writes commands as COMMAND DOCS shows them. */
final class CommandDocsReply {
  private final RespWriter reply;

  CommandDocsReply(RespWriter reply) {
    this.reply = reply;
  }

  /** A map from full names to documentation. */
  void commands(Collection<RegisteredCommand> commands) {
    reply.map(commands.size());
    for (RegisteredCommand command : commands) {
      reply.bulk(command.fullName());
      command(command);
    }
  }

  private void command(RegisteredCommand command) {
    CommandDoc doc = command.spec().doc();
    CommandTable subcommands = command.subcommands();
    boolean hasArguments = !doc.arguments().isEmpty();
    reply.map(4 + (hasArguments ? 1 : 0) + (subcommands == null ? 0 : 1));
    text("summary", doc.summary());
    text("since", doc.since());
    text("group", doc.group());
    text("complexity", doc.complexity());
    if (hasArguments) {
      reply.bulk("arguments");
      arguments(doc.arguments());
    }
    if (subcommands != null) {
      reply.bulk("subcommands");
      commands(subcommands.all());
    }
  }

  private void arguments(List<Argument> arguments) {
    reply.array(arguments.size());
    arguments.forEach(this::argument);
  }

  private void argument(Argument argument) {
    List<String> flags = flags(argument);
    boolean hasKey = argument.keySpec() >= 0;
    boolean hasToken = !argument.token().isEmpty();
    boolean hasParts = !argument.nested().isEmpty();
    int optional = 0;
    for (boolean there : new boolean[] {hasKey, hasToken, !flags.isEmpty(), hasParts}) {
      optional += there ? 1 : 0;
    }
    reply.map(2 + optional);
    text("name", argument.name());
    text("type", argument.type().redisName());
    if (hasKey) {
      reply.bulk("key_spec_index");
      reply.integer(argument.keySpec());
    }
    if (hasToken) {
      text("token", argument.token());
    }
    if (!flags.isEmpty()) {
      reply.bulk("flags");
      reply.set(flags.size());
      flags.forEach(reply::simple);
    }
    if (hasParts) {
      reply.bulk("arguments");
      arguments(argument.nested());
    }
  }

  private static List<String> flags(Argument argument) {
    List<String> flags = new ArrayList<>();
    if (argument.optional()) {
      flags.add("optional");
    }
    if (argument.multiple()) {
      flags.add("multiple");
    }
    if (argument.multipleToken()) {
      flags.add("multiple_token");
    }
    return flags;
  }

  private void text(String name, String value) {
    reply.bulk(name);
    reply.bulk(value);
  }
}
