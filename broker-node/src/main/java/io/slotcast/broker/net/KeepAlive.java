package io.slotcast.broker.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.uring.IoUringChannelOption;
import java.time.Duration;
import java.util.List;
import jdk.net.ExtendedSocketOptions;

/**
 * TCP keepalive, so that a peer which is gone without a word is noticed: the first probe after
 * {@code tcp-keepalive}, then three at a third of it. Where a transport cannot set these times, the
 * operating system's hold.
 */
final class KeepAlive {
  private static final int PROBES = 3;

  /** One transport's names of the three numbers. */
  private record Options(
      ChannelOption<Integer> idle, ChannelOption<Integer> interval, ChannelOption<Integer> count) {}

  private static final List<Options> TRANSPORTS =
      List.of(
          new Options(
              EpollChannelOption.TCP_KEEPIDLE,
              EpollChannelOption.TCP_KEEPINTVL,
              EpollChannelOption.TCP_KEEPCNT),
          new Options(
              IoUringChannelOption.TCP_KEEPIDLE,
              IoUringChannelOption.TCP_KEEPINTVL,
              IoUringChannelOption.TCP_KEEPCNT),
          new Options(
              NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPIDLE),
              NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPINTERVAL),
              NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPCOUNT)));

  private KeepAlive() {}

  static void apply(Channel channel, Duration time) {
    ChannelConfig config = channel.config();
    config.setOption(ChannelOption.SO_KEEPALIVE, !time.isZero());
    if (time.isZero()) {
      return;
    }
    int seconds = (int) Math.min(time.toSeconds(), Short.MAX_VALUE);
    for (Options options : TRANSPORTS) {
      // False for the options of another transport.
      if (config.setOption(options.idle, seconds)) {
        config.setOption(options.interval, Math.max(seconds / PROBES, 1));
        config.setOption(options.count, PROBES);
        return;
      }
    }
  }
}
