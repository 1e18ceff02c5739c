package io.slotcast.broker.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelOption;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollChannelOption;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.net.SocketOption;
import java.time.Duration;
import jdk.net.ExtendedSocketOptions;
import org.junit.jupiter.api.Test;

class KeepAliveTest {
  @Test
  void probesBeginAfterTheTimeAndFollowAtAThirdOfItOnEpoll() {
    assumeThat(Epoll.isAvailable()).isTrue();
    Channel channel = new EpollSocketChannel();
    try {
      ChannelConfig config = channel.config();
      KeepAlive.apply(channel, Duration.ofSeconds(30));
      assertThat(config.getOption(ChannelOption.SO_KEEPALIVE)).isTrue();
      assertThat(config.getOption(EpollChannelOption.TCP_KEEPIDLE)).isEqualTo(30);
      assertThat(config.getOption(EpollChannelOption.TCP_KEEPINTVL)).isEqualTo(10);
      assertThat(config.getOption(EpollChannelOption.TCP_KEEPCNT)).isEqualTo(3);
    } finally {
      channel.unsafe().closeForcibly();
    }
  }

  @Test
  void probesBeginAfterTheTimeAndFollowAtAThirdOfItOnNio() {
    Channel channel = new NioSocketChannel();
    try {
      KeepAlive.apply(channel, Duration.ofSeconds(1));
      assertThat(channel.config().getOption(ChannelOption.SO_KEEPALIVE)).isTrue();
      assertThat(nio(channel, ExtendedSocketOptions.TCP_KEEPIDLE)).isEqualTo(1);
      assertThat(nio(channel, ExtendedSocketOptions.TCP_KEEPINTERVAL)).isEqualTo(1);
      assertThat(nio(channel, ExtendedSocketOptions.TCP_KEEPCOUNT)).isEqualTo(3);
    } finally {
      channel.unsafe().closeForcibly();
    }
  }

  private static int nio(Channel channel, SocketOption<Integer> option) {
    return channel.config().getOption(NioChannelOption.of(option));
  }

  @Test
  void zeroTurnsProbesOff() {
    Channel channel = new NioSocketChannel();
    try {
      KeepAlive.apply(channel, Duration.ZERO);
      assertThat(channel.config().getOption(ChannelOption.SO_KEEPALIVE)).isFalse();
    } finally {
      channel.unsafe().closeForcibly();
    }
  }
}
