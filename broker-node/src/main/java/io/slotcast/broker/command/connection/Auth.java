package io.slotcast.broker.command.connection;

import static io.slotcast.broker.command.CommandFlag.ALLOW_BUSY;
import static io.slotcast.broker.command.CommandFlag.FAST;
import static io.slotcast.broker.command.CommandFlag.LOADING;
import static io.slotcast.broker.command.CommandFlag.NOSCRIPT;
import static io.slotcast.broker.command.CommandFlag.NO_AUTH;
import static io.slotcast.broker.command.CommandFlag.STALE;

import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandDoc.Type;
import io.slotcast.broker.command.CommandException;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.resp.Request;

/** AUTH [username] password. */
final class Auth implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("auth", -2)
          .flags(NOSCRIPT, LOADING, STALE, FAST, NO_AUTH, ALLOW_BUSY)
          .categories(AclCategory.CONNECTION)
          .doc("connection", "1.0.0", "Authenticates the connection.")
          .complexity("O(N) where N is the number of passwords defined for the user")
          .arguments(
              Argument.of("username", Type.STRING).asOptional(),
              Argument.of("password", Type.STRING))
          .build();

  private final Authentication authentication;

  Auth(Authentication authentication) {
    this.authentication = authentication;
  }

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    Request request = call.request();
    boolean named = request.count() == 3;
    if (request.count() > 3) {
      throw CommandException.syntax();
    }
    if (!named && authentication.needsNoPassword()) {
      throw new CommandException(
          "ERR AUTH <password> called without any password configured for the default user. Are"
              + " you sure your configuration is correct?");
    }
    String user = named ? request.text(1) : Authentication.DEFAULT_USER;
    authentication.authenticate(call.client(), user, request.bytes(request.count() - 1));
    call.reply().ok();
  }

  @Override
  public boolean isSecret(Request request, int i) {
    return i > 0;
  }
}
