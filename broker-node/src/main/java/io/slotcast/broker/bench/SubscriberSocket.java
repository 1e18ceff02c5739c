package io.slotcast.broker.bench;

import io.slotcast.broker.client.RespConnection;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.net.InetSocketAddress;
import java.nio.ByteOrder;
import java.util.Locale;

/**
 * A subscriber of one channel. All its messages have one length, so that they are told from each
 * other without parsing.
 */
final class SubscriberSocket extends LoadSocket {
  private static final VarHandle LONG =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private final int dueOffset;
  private final byte[] partial;
  private int partialLength;

  SubscriberSocket(InetSocketAddress address, String password, FanoutCell cell, String channel)
      throws BenchException {
    super(address, password);
    byte[] message =
        RespConnection.encode(cell.mode().delivery(), channel, "x".repeat(cell.payload()));
    this.partial = new byte[message.length];
    this.dueOffset = message.length - cell.payload() - "\r\n".length();
    String confirmed = cell.mode().subscribe().toLowerCase(Locale.ROOT);
    int replyLength = RespConnection.encode(confirmed, channel).length + ":1\r\n".length();
    ask(RespConnection.encode(cell.mode().subscribe(), channel), replyLength);
  }

  @Override
  void readable(Arrivals arrivals) throws BenchException {
    int count;
    do {
      count = arrivals.readFrom(this);
      take(arrivals, Math.max(count, 0));
    } while (arrivals.wasFull(count));
  }

  private void take(Arrivals arrivals, int count) {
    byte[] bytes = arrivals.bytes;
    int length = partial.length;
    int at = 0;
    if (partialLength > 0) {
      at = Math.min(length - partialLength, count);
      System.arraycopy(bytes, 0, partial, partialLength, at);
      partialLength += at;
      if (partialLength < length) {
        return;
      }
      arrivals.delivered((long) LONG.get(partial, dueOffset));
      partialLength = 0;
    }
    for (; count - at >= length; at += length) {
      arrivals.delivered((long) LONG.get(bytes, at + dueOffset));
    }
    partialLength = count - at;
    System.arraycopy(bytes, at, partial, 0, partialLength);
  }

  @Override
  public String toString() {
    return "subscriber";
  }
}
