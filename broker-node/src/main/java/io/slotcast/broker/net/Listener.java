package io.slotcast.broker.net;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.FixedRecvByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Accepts clients on one address. */
public final class Listener implements AutoCloseable {
  /** One read takes what a pipeline sends in one piece, without a second system call. */
  private static final int READ_SIZE = 64 * 1024;

  private final Channel channel;

  private Listener(Channel channel) {
    this.channel = channel;
  }

  /**
   * Listens.
   *
   * @param keepAlive {@code tcp-keepalive} at the moment; zero for none
   * @param tls gives the TLS context for each new connection; null for plain ones
   * @param protocol makes what stands behind each connection
   * @throws IOException if the address cannot be had; the message names it
   */
  public static Listener open(
      IoLoops loops,
      InetSocketAddress address,
      int backlog,
      Supplier<Duration> keepAlive,
      @Nullable Supplier<SslContext> tls,
      Function<Connection, ClientProtocol> protocol)
      throws IOException {
    ServerBootstrap bootstrap =
        new ServerBootstrap()
            .group(loops.group())
            .channel(loops.transport().serverChannel())
            .option(ChannelOption.SO_BACKLOG, backlog)
            .option(ChannelOption.SO_REUSEADDR, true)
            .childOption(ChannelOption.TCP_NODELAY, true)
            .childOption(ChannelOption.WRITE_BUFFER_WATER_MARK, Connection.REPLY_BACKLOG)
            .childOption(ChannelOption.RECVBUF_ALLOCATOR, new FixedRecvByteBufAllocator(READ_SIZE))
            .childHandler(
                new ChannelInitializer<>() {
                  @Override
                  protected void initChannel(Channel accepted) {
                    KeepAlive.apply(accepted, keepAlive.get());
                    if (tls != null) {
                      accepted.pipeline().addLast(tls.get().newHandler(accepted.alloc()));
                    }
                    IoLoop loop = loops.of(accepted.eventLoop());
                    accepted.pipeline().addLast(new Connection(loop, tls != null, protocol));
                  }
                });
    var bound = bootstrap.bind(address).awaitUninterruptibly();
    if (!bound.isSuccess()) {
      Throwable cause = bound.cause();
      throw new IOException(
          "cannot listen on "
              + address.getHostString()
              + ":"
              + address.getPort()
              + ": "
              + cause.getMessage(),
          cause);
    }
    return new Listener(bound.channel());
  }

  /** The address that was bound: tells the port where 0 was asked for. */
  public SocketAddress address() {
    return channel.localAddress();
  }

  /** Stops accepting; connections that are open stay. */
  @Override
  public void close() {
    channel.close().awaitUninterruptibly();
  }
}
