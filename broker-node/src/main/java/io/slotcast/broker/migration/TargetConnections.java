package io.slotcast.broker.migration;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.ConnectTimeoutException;
import io.netty.util.NetUtil;
import io.slotcast.broker.net.IoLoop;
import io.slotcast.broker.net.Transport;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * One event loop's connections to the servers that keys were transferred to of late: a connection
 * that has been idle for {@value #IDLE_SECONDS} seconds is closed. Owned by the loop.
 */
public final class TargetConnections {
  private static final int IDLE_SECONDS = 10;

  private final IoLoop loop;
  private final Transport transport;
  private final Map<Address, Deque<TargetConnection>> idle = new HashMap<>();

  private record Address(String host, int port) {
    static Address of(KeyTransfer.Target target) {
      return new Address(target.host(), target.port());
    }
  }

  public TargetConnections(IoLoop loop, Transport transport) {
    this.loop = loop;
    this.transport = transport;
  }

  /** Sends keys to their target, over a connection of before or a new one. */
  public void run(KeyTransfer transfer) {
    Deque<TargetConnection> free = idle.get(Address.of(transfer.target()));
    while (free != null && !free.isEmpty()) {
      TargetConnection connection = free.removeLast();
      if (connection.isOpen()) {
        connection.run(transfer);
        return;
      }
    }
    runOnNew(transfer);
  }

  /** Names are looked up on a thread of their own, for that may take seconds. */
  void runOnNew(KeyTransfer transfer) {
    KeyTransfer.Target target = transfer.target();
    if (NetUtil.createByteArrayFromIpAddressString(target.host()) != null) {
      connect(transfer, new InetSocketAddress(target.host(), target.port()));
      return;
    }
    Thread.ofVirtual()
        .name("resolve-" + target.host())
        .start(
            () -> {
              InetSocketAddress found = new InetSocketAddress(target.host(), target.port());
              loop.send(() -> connect(transfer, found), null);
            });
  }

  private void connect(KeyTransfer transfer, InetSocketAddress address) {
    if (address.isUnresolved()) {
      transfer.fail(TargetConnection.CONNECTING);
      return;
    }
    KeyTransfer.Target target = transfer.target();
    TargetConnection connection = new TargetConnection(this);
    ChannelFuture connecting =
        new Bootstrap()
            .group(loop.eventLoop())
            .channel(transport.clientChannel())
            .option(
                ChannelOption.CONNECT_TIMEOUT_MILLIS,
                (int) Math.min(target.timeoutMillis(), Integer.MAX_VALUE))
            .option(ChannelOption.TCP_NODELAY, true)
            .handler(
                new ChannelInitializer<Channel>() {
                  @Override
                  protected void initChannel(Channel channel) {
                    channel.pipeline().addLast(connection);
                  }
                })
            .connect(address);
    connecting.addListener(
        connected -> {
          if (connected.isSuccess()) {
            connection.run(transfer);
          } else {
            // As Redis says it of a port where nobody listens.
            boolean refused =
                connected.cause() instanceof ConnectException
                    && !(connected.cause() instanceof ConnectTimeoutException);
            transfer.fail(refused ? TargetConnection.WRITING : TargetConnection.CONNECTING);
          }
        });
  }

  /** A transfer is done, and its connection may serve the next one. */
  void free(TargetConnection connection, KeyTransfer.Target target) {
    Address address = Address.of(target);
    idle.computeIfAbsent(address, key -> new ArrayDeque<>()).addLast(connection);
    loop.eventLoop()
        .schedule(() -> closeIfIdle(connection, address), IDLE_SECONDS, TimeUnit.SECONDS);
  }

  /** A connection that was used since has been freed again, and is looked at once more then. */
  private void closeIfIdle(TargetConnection connection, Address address) {
    Deque<TargetConnection> free = idle.get(address);
    if (free != null && connection.isIdleFor(TimeUnit.SECONDS.toNanos(IDLE_SECONDS))) {
      free.remove(connection);
      if (free.isEmpty()) {
        idle.remove(address);
      }
      connection.close();
    }
  }
}
