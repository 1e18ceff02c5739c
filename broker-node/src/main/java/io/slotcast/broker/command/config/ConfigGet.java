package io.slotcast.broker.command.config;

import static io.slotcast.broker.command.CommandFlag.ADMIN;
import static io.slotcast.broker.command.CommandFlag.LOADING;
import static io.slotcast.broker.command.CommandFlag.NOSCRIPT;
import static io.slotcast.broker.command.CommandFlag.STALE;

import io.slotcast.broker.bytes.GlobPattern;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandDoc.Type;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.config.ServerConfig;
import io.slotcast.broker.resp.Request;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** CONFIG GET pattern …: a map of names to values. */
final class ConfigGet implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("get", -3)
          .flags(ADMIN, NOSCRIPT, LOADING, STALE)
          .doc("server", "2.0.0", "Tells the values of directives.")
          .complexity("O(N) when N is the number of configuration parameters provided")
          .arguments(
              Argument.block("parameter", Argument.of("parameter", Type.STRING)).asMultiple())
          .build();

  private final ServerConfig config;

  ConfigGet(ServerConfig config) {
    this.config = config;
  }

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    Request request = call.request();
    List<String> patterns = new ArrayList<>();
    for (int i = 2; i < request.count(); i++) {
      patterns.add(ConfigText.decode(request, i));
    }
    Map<String, String> found = config.matching(patterns, ConfigGet::matches);
    call.reply().map(found.size());
    found.forEach(
        (name, value) -> {
          call.reply().bulk(name);
          call.reply().bulk(value);
        });
  }

  private static boolean matches(String pattern, String name) {
    return new GlobPattern(pattern.getBytes(StandardCharsets.UTF_8))
        .matches(name.getBytes(StandardCharsets.UTF_8));
  }
}
