package io.slotcast.broker.bench;

import io.slotcast.broker.client.RespConnection;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/** A connection of the load, which does not block once it {@link #begins}. For one thread. */
abstract class LoadSocket implements AutoCloseable {
  private static final int LONGEST_ERROR = 200;

  private final SocketChannel channel;
  private final InetSocketAddress address;

  LoadSocket(InetSocketAddress address, String password) throws BenchException {
    this.address = address;
    try {
      this.channel = SocketChannel.open(address);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      if (!password.isEmpty()) {
        ask(RespConnection.encode("AUTH", password), "+OK\r\n".length());
      }
    } catch (IOException e) {
      throw new BenchException("no connection to " + address + ": " + e.getMessage(), e);
    }
  }

  /**
   * Sends a request and waits for a reply of a known length.
   *
   * @throws BenchException if the reply is an error
   */
  final void ask(byte[] request, int replyLength) throws BenchException {
    try {
      write(ByteBuffer.wrap(request));
      ByteBuffer reply = ByteBuffer.allocate(replyLength);
      while (reply.hasRemaining()) {
        if (channel.read(reply) < 0) {
          throw new BenchException(address + " closed the connection");
        }
        if (reply.get(0) == '-' && reply.get(reply.position() - 1) == '\n') {
          throw refused(reply.array(), 0, reply.position());
        }
      }
    } catch (IOException e) {
      throw lost(e);
    }
  }

  final void begins(Selector selector) throws BenchException {
    try {
      channel.configureBlocking(false);
      channel.register(selector, SelectionKey.OP_READ, this);
    } catch (IOException e) {
      throw lost(e);
    }
  }

  /** Reads what has come, at most what fits in the buffer. */
  final int read(ByteBuffer into) throws BenchException {
    try {
      int count = channel.read(into);
      if (count < 0) {
        throw new BenchException(address + " closed the connection of a " + this);
      }
      return count;
    } catch (IOException e) {
      throw lost(e);
    }
  }

  final void write(ByteBuffer from) throws BenchException {
    try {
      channel.write(from);
    } catch (IOException e) {
      throw lost(e);
    }
  }

  final BenchException refused(byte[] bytes, int from, int to) {
    int end = Math.min(to, from + LONGEST_ERROR);
    String text = new String(bytes, from, end - from, StandardCharsets.UTF_8);
    return new BenchException(
        address + " refuses a " + this + ": " + text.lines().findFirst().orElse(""));
  }

  final BenchException lost(IOException e) {
    return new BenchException(
        "the connection of a " + this + " to " + address + " was lost: " + e.getMessage(), e);
  }

  /** Takes what has come. */
  abstract void readable(Arrivals arrivals) throws BenchException;

  @Override
  public void close() throws BenchException {
    try {
      channel.close();
    } catch (IOException e) {
      throw lost(e);
    }
  }
}
