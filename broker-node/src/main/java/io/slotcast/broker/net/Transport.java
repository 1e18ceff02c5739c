package io.slotcast.broker.net;

import io.netty.channel.Channel;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.ServerChannel;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollServerSocketChannel;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringIoHandler;
import io.netty.channel.uring.IoUringServerSocketChannel;
import io.netty.channel.uring.IoUringSocketChannel;

/** The ways in which Netty can talk to the kernel. */
public enum Transport {
  EPOLL(EpollServerSocketChannel.class, EpollSocketChannel.class) {
    @Override
    public boolean isAvailable() {
      return Epoll.isAvailable();
    }

    @Override
    IoHandlerFactory handlers() {
      return EpollIoHandler.newFactory();
    }
  },
  IO_URING(IoUringServerSocketChannel.class, IoUringSocketChannel.class) {
    @Override
    public boolean isAvailable() {
      return IoUring.isAvailable();
    }

    @Override
    IoHandlerFactory handlers() {
      return IoUringIoHandler.newFactory();
    }
  },
  /** Java's own selectors: runs everywhere, and costs a quarter more (HOT-PATH measurements). */
  NIO(NioServerSocketChannel.class, NioSocketChannel.class) {
    @Override
    public boolean isAvailable() {
      return true;
    }

    @Override
    IoHandlerFactory handlers() {
      return NioIoHandler.newFactory();
    }
  };

  private final Class<? extends ServerChannel> serverChannel;
  private final Class<? extends Channel> clientChannel;

  Transport(Class<? extends ServerChannel> serverChannel, Class<? extends Channel> clientChannel) {
    this.serverChannel = serverChannel;
    this.clientChannel = clientChannel;
  }

  /** Whether this machine has it. */
  public abstract boolean isAvailable();

  abstract IoHandlerFactory handlers();

  public Class<? extends ServerChannel> serverChannel() {
    return serverChannel;
  }

  public Class<? extends Channel> clientChannel() {
    return clientChannel;
  }

  /** The fastest that this machine has. */
  public static Transport best() {
    return EPOLL.isAvailable() ? EPOLL : NIO;
  }
}
