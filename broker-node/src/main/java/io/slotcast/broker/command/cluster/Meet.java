package io.slotcast.broker.command.cluster;

import static io.slotcast.broker.command.CommandFlag.ADMIN;
import static io.slotcast.broker.command.CommandFlag.NO_ASYNC_LOADING;
import static io.slotcast.broker.command.CommandFlag.STALE;

import io.netty.util.NetUtil;
import io.slotcast.broker.cluster.Administration;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.CommandDoc.Argument;
import io.slotcast.broker.command.CommandDoc.Type;
import io.slotcast.broker.command.CommandException;
import io.slotcast.broker.command.CommandSpec;
import io.slotcast.broker.config.SeedAddress;
import io.slotcast.broker.resp.Request;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * CLUSTER MEET ip port [bus-port]: this node's cluster and that of another node become one, if
 * either has a single node (docs/adr/0016). Replies at once; the rest follows.
 */
final class Meet implements Command {
  private static final int HIGHEST_PORT = 65_535;

  private static final CommandSpec SPEC =
      CommandSpec.command("meet", -4)
          .flags(ADMIN, STALE, NO_ASYNC_LOADING)
          .doc("cluster", "3.0.0", "Makes one cluster of this node's and that of another node.")
          .complexity("O(1)")
          .arguments(
              Argument.of("ip", Type.STRING),
              Argument.of("port", Type.INTEGER),
              Argument.of("cluster_bus_port", Type.INTEGER).asOptional())
          .build();

  private final Administration administration;

  Meet(Administration administration) {
    this.administration = administration;
  }

  @Override
  public CommandSpec spec() {
    return SPEC;
  }

  @Override
  public void run(Call call) {
    Request request = call.request();
    if (request.count() > 5) {
      throw CommandException.unknownSubcommand(request, "CLUSTER");
    }
    if (!request.isLong(3)) {
      throw new CommandException("ERR Invalid TCP base port specified: " + request.text(3));
    }
    if (request.count() == 5 && !request.isLong(4)) {
      throw new CommandException("ERR Invalid TCP bus port specified: " + request.text(4));
    }
    long port = request.toLong(3);
    long bus = request.count() == 5 ? request.toLong(4) : port + SeedAddress.BUS_OFFSET;
    administration.meet(address(request.text(2), port, bus));
    call.reply().ok();
  }

  /** Names are not looked up, which could take long. */
  private static InetSocketAddress address(String host, long port, long bus) {
    boolean isAddress = NetUtil.isValidIpV4Address(host) || NetUtil.isValidIpV6Address(host);
    if (!isAddress || !isPort(port) || !isPort(bus)) {
      throw new CommandException("ERR Invalid node address specified: " + host + ":" + port);
    }
    return new InetSocketAddress(InetAddress.ofLiteral(host), (int) bus);
  }

  private static boolean isPort(long number) {
    return number > 0 && number <= HIGHEST_PORT;
  }
}
