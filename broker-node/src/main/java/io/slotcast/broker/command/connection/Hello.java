package io.slotcast.broker.command.connection;

import static io.slotcast.broker.command.CommandFlag.ALLOW_BUSY;
import static io.slotcast.broker.command.CommandFlag.FAST;
import static io.slotcast.broker.command.CommandFlag.LOADING;
import static io.slotcast.broker.command.CommandFlag.NOSCRIPT;
import static io.slotcast.broker.command.CommandFlag.NO_AUTH;
import static io.slotcast.broker.command.CommandFlag.STALE;

import io.slotcast.broker.cluster.ClusterView;
import io.slotcast.broker.command.AclCategory;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Client;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandDoc.Type;
import io.slotcast.broker.command.CommandException;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.command.ServerVersion;
import io.slotcast.broker.command.client.ClientText;
import io.slotcast.broker.resp.Request;
import io.slotcast.broker.resp.RespWriter;

/**
 * HELLO [protover [AUTH username password] [SETNAME clientname]]: chooses the protocol; replies a
 * map that says who answers.
 */
final class Hello implements Command {
  private static final CommandSpec SPEC =
      CommandSpec.command("hello", -1)
          .flags(NOSCRIPT, LOADING, STALE, FAST, NO_AUTH, ALLOW_BUSY)
          .categories(AclCategory.CONNECTION)
          .doc("connection", "6.0.0", "Greets the server and chooses the protocol.")
          .arguments(
              Argument.block(
                      "arguments",
                      Argument.of("protover", Type.INTEGER),
                      Argument.block(
                              "username_password",
                              Argument.of("username", Type.STRING),
                              Argument.of("password", Type.STRING))
                          .withToken("AUTH")
                          .asOptional(),
                      Argument.of("clientname", Type.STRING).withToken("SETNAME").asOptional())
                  .asOptional())
          .build();

  private final Authentication authentication;
  private final ClusterView cluster;

  Hello(Authentication authentication, ClusterView cluster) {
    this.authentication = authentication;
    this.cluster = cluster;
  }

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    Request request = call.request();
    Client client = call.client();
    boolean resp3 = client.connection().isResp3();
    if (request.count() > 1) {
      resp3 = wantsResp3(request);
      options(request, client);
    }
    if (!client.isAuthenticated()) {
      throw new CommandException(
          "NOAUTH HELLO must be called with the client already authenticated, otherwise the HELLO"
              + " <proto> AUTH <user> <pass> option can be used to authenticate the client and"
              + " select the RESP protocol version at the same time");
    }
    call.useResp3(resp3);
    reply(call.reply(), client);
  }

  @Override
  public boolean isSecret(Request request, int i) {
    return (i > 2 && request.is(i - 1, "AUTH")) || (i > 3 && request.is(i - 2, "AUTH"));
  }

  private static boolean wantsResp3(Request request) {
    if (!request.isLong(1)) {
      throw new CommandException("ERR Protocol version is not an integer or out of range");
    }
    long version = request.toLong(1);
    if (version != 2 && version != 3) {
      throw new CommandException("NOPROTO unsupported protocol version");
    }
    return version == 3;
  }

  private void options(Request request, Client client) {
    int i = 2;
    while (i < request.count()) {
      int following = request.count() - 1 - i;
      if (following >= 2 && request.is(i, "AUTH")) {
        authentication.authenticate(client, request.text(i + 1), request.bytes(i + 2));
        i += 3;
      } else if (following >= 1 && request.is(i, "SETNAME")) {
        client.name(ClientText.name(request, i + 1));
        i += 2;
      } else {
        throw new CommandException("ERR Syntax error in HELLO option '" + request.text(i) + "'");
      }
    }
  }

  private void reply(RespWriter reply, Client client) {
    reply.map(7);
    reply.bulk("server");
    reply.bulk("redis");
    reply.bulk("version");
    reply.bulk(ServerVersion.REDIS);
    reply.bulk("proto");
    reply.integer(reply.isResp3() ? 3 : 2);
    reply.bulk("id");
    reply.integer(client.id());
    reply.bulk("mode");
    reply.bulk("cluster");
    reply.bulk("role");
    reply.bulk(cluster.isReplica() ? "replica" : "master");
    reply.bulk("modules");
    reply.array(0);
  }
}
