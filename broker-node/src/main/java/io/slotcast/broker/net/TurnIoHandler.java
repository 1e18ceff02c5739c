package io.slotcast.broker.net;

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoRegistration;

/**
 * Gives an event loop an end of turn: wraps the I/O handler, so that after the ready sockets of one
 * iteration were read, and before the loop sleeps, all output goes out at once. Netty has no such
 * hook: {@code channelReadComplete} comes once per socket, which costs a write per socket.
 */
final class TurnIoHandler implements IoHandler {
  private final IoHandler delegate;
  private final IoLoop loop;
  private final DeadlineContext deadline = new DeadlineContext();

  TurnIoHandler(IoHandler delegate, IoLoop loop) {
    this.delegate = delegate;
    this.loop = loop;
  }

  @Override
  public int run(IoHandlerContext context) {
    // Here rather than after the delegate: tasks run between two iterations may have left output.
    loop.endTurn();
    deadline.context = context;
    deadline.flush = loop.flushDeadlineNanos();
    return delegate.run(deadline);
  }

  @Override
  public void initialize() {
    delegate.initialize();
  }

  @Override
  public void prepareToDestroy() {
    delegate.prepareToDestroy();
  }

  @Override
  public void destroy() {
    delegate.destroy();
  }

  @Override
  public IoRegistration register(IoHandle handle) throws Exception {
    return delegate.register(handle);
  }

  @Override
  public void wakeup() {
    delegate.wakeup();
  }

  @Override
  public boolean isCompatible(Class<? extends IoHandle> handleType) {
    return delegate.isCompatible(handleType);
  }

  /** The loop's own context, but the loop sleeps no longer than waiting output may wait. */
  private static final class DeadlineContext implements IoHandlerContext {
    private IoHandlerContext context = NEVER;
    private long flush = Long.MAX_VALUE;

    private static final IoHandlerContext NEVER =
        new IoHandlerContext() {
          @Override
          public boolean canBlock() {
            return false;
          }

          @Override
          public long delayNanos(long currentTimeNanos) {
            return 0;
          }

          @Override
          public long deadlineNanos() {
            return -1;
          }
        };

    @Override
    public boolean canBlock() {
      return context.canBlock() && (flush == Long.MAX_VALUE || flush - System.nanoTime() > 0);
    }

    @Override
    public long delayNanos(long currentTimeNanos) {
      long delay = context.delayNanos(currentTimeNanos);
      return flush == Long.MAX_VALUE
          ? delay
          : Math.max(0, Math.min(delay, flush - System.nanoTime()));
    }

    @Override
    public long deadlineNanos() {
      // Handlers only compare deadlines for equality, so it need not be on Netty's own scale.
      return flush == Long.MAX_VALUE ? context.deadlineNanos() : flush;
    }

    @Override
    public boolean shouldReportActiveIoTime() {
      return context.shouldReportActiveIoTime();
    }

    @Override
    public void reportActiveIoTime(long activeNanos) {
      context.reportActiveIoTime(activeNanos);
    }
  }
}
