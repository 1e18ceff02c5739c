package io.slotcast.broker.net;

import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.netty.util.concurrent.ThreadAwareExecutor;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A node's event loops: few, each with its {@link IoLoop}. */
public final class IoLoops implements AutoCloseable {
  /** A frame that goes alone wakes another node as well. */
  private static final double WORTHWHILE_FRAMES = 2;

  private final Transport transport;
  private final List<IoLoop> loops = new ArrayList<>();
  private final List<FlushGap> gaps = new ArrayList<>();
  private final MultiThreadIoEventLoopGroup group;

  /**
   * @param count {@code io-threads}
   * @param name what the threads are called
   * @param flushGapNanos {@code delivery-flush-gap}, in nanoseconds
   */
  public IoLoops(Transport transport, int count, String name, long flushGapNanos) {
    this.transport = transport;
    IoHandlerFactory handlers = transport.handlers();
    // The group calls the factory once per loop, in this constructor's thread.
    this.group =
        new MultiThreadIoEventLoopGroup(
            count,
            new DefaultThreadFactory(name, true),
            executor -> newHandler(executor, handlers, flushGapNanos));
  }

  private IoHandler newHandler(
      ThreadAwareExecutor executor, IoHandlerFactory handlers, long flushGapNanos) {
    long now = System.nanoTime();
    FlushGap deliveryGap = new FlushGap(flushGapNanos, new MoreThroughput(now), now);
    FlushGap frameGap = new FlushGap(flushGapNanos, new FullerWrites(WORTHWHILE_FRAMES), now);
    IoLoop loop = new IoLoop(loops.size(), executor, deliveryGap, frameGap);
    gaps.add(deliveryGap);
    gaps.add(frameGap);
    loops.add(loop);
    return new TurnIoHandler(handlers.newHandler(executor), loop);
  }

  public Transport transport() {
    return transport;
  }

  public EventLoopGroup group() {
    return group;
  }

  public List<IoLoop> all() {
    return List.copyOf(loops);
  }

  /** The loop that a channel is registered with. */
  public IoLoop of(EventLoop eventLoop) {
    for (IoLoop loop : loops) {
      if (loop.eventLoop().equals(eventLoop)) {
        return loop;
      }
    }
    throw new IllegalArgumentException("not one of this node's event loops");
  }

  /** The loop whose thread this is. */
  public IoLoop current() {
    for (IoLoop loop : loops) {
      if (loop.eventLoop().inEventLoop()) {
        return loop;
      }
    }
    throw new IllegalStateException("not on an event loop");
  }

  /**
   * Runs {@code action} once for all that the caller's event loop does in this turn, at its end; at
   * once if the caller is no event loop. The action must not wait. Safe from any thread.
   */
  public void atEndOfTurn(Runnable action) {
    for (IoLoop loop : loops) {
      if (loop.isCurrent()) {
        loop.atEndOfTurn(action);
        return;
      }
    }
    action.run();
  }

  /** Changes {@code delivery-flush-gap}; safe from any thread. */
  public void flushGapNanos(long nanos) {
    gaps.forEach(gap -> gap.resize(nanos));
  }

  @Override
  public void close() {
    // Without a quiet period a loop that is busy at this moment ends without closing its sockets.
    group.shutdownGracefully(1, 2_000, TimeUnit.MILLISECONDS).awaitUninterruptibly();
  }
}
