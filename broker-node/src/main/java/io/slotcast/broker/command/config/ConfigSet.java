package io.slotcast.broker.command.config;

import static io.slotcast.broker.command.CommandFlag.ADMIN;
import static io.slotcast.broker.command.CommandFlag.LOADING;
import static io.slotcast.broker.command.CommandFlag.NOSCRIPT;
import static io.slotcast.broker.command.CommandFlag.STALE;

import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandDoc.Type;
import io.slotcast.broker.command.CommandException;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.config.ConfigSetException;
import io.slotcast.broker.config.Directive;
import io.slotcast.broker.config.Directives;
import io.slotcast.broker.config.ServerConfig;
import io.slotcast.broker.config.ServerConfig.Assignment;
import io.slotcast.broker.resp.Request;
import java.util.ArrayList;
import java.util.List;

/** CONFIG SET name value …: all of them or none. */
final class ConfigSet implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("set", -4)
          .flags(ADMIN, NOSCRIPT, LOADING, STALE)
          .tips("request_policy:all_nodes", "response_policy:all_succeeded")
          .doc("server", "2.0.0", "Changes the values of directives.")
          .complexity("O(N) when N is the number of configuration parameters provided")
          .arguments(
              Argument.block(
                      "parameter_value",
                      Argument.of("parameter", Type.STRING),
                      Argument.of("value", Type.STRING))
                  .asMultiple())
          .build();

  private final ServerConfig config;

  ConfigSet(ServerConfig config) {
    this.config = config;
  }

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    Request request = call.request();
    if (request.count() % 2 != 0) {
      throw CommandException.syntax();
    }
    List<Assignment> assignments = new ArrayList<>();
    for (int i = 2; i < request.count(); i += 2) {
      assignments.add(
          new Assignment(ConfigText.decode(request, i), ConfigText.decode(request, i + 1)));
    }
    try {
      config.set(assignments);
    } catch (ConfigSetException refused) {
      throw new CommandException(refused.text());
    }
    call.reply().ok();
  }

  @Override
  public boolean isSecret(Request request, int i) {
    Directive<?> directive = i < 3 ? null : Directives.named(ConfigText.decode(request, i - 1));
    return i % 2 == 1 && directive != null && directive.isSecret();
  }
}
