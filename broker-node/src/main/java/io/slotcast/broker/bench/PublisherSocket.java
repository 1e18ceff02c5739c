package io.slotcast.broker.bench;

import io.slotcast.broker.client.RespConnection;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;

/** A publisher, which sends to its channels in turn. */
final class PublisherSocket extends LoadSocket {
  /** Room for requests that were due while the socket took none, at a fixed rate. */
  private static final int BACKLOG = 1 << 20;

  /** How many may be without a reply at a fixed rate before its publisher is given up. */
  static final int MOST_UNDER_WAY = 1 << 16;

  private final byte[][] heads;
  private final byte[] filling;
  private final ByteBuffer out;
  private int next;
  private int underWay;

  /**
   * @param channels at least one
   * @param first which of them is the first one's
   */
  PublisherSocket(
      InetSocketAddress address, String password, FanoutCell cell, List<String> channels, int first)
      throws BenchException {
    super(address, password);
    this.heads = channels.stream().map(channel -> head(cell, channel)).toArray(byte[][]::new);
    this.filling =
        ("x".repeat(cell.payload() - Long.BYTES) + "\r\n").getBytes(StandardCharsets.US_ASCII);
    int request = heads[0].length + Long.BYTES + filling.length;
    this.out = ByteBuffer.allocateDirect(Math.max(BACKLOG, request * (cell.pipeline() + 1)));
    this.next = first % heads.length;
    out.flip();
  }

  /** A request up to its payload. */
  private static byte[] head(FanoutCell cell, String channel) {
    byte[] request =
        RespConnection.encode(cell.mode().publish(), channel, "x".repeat(cell.payload()));
    return Arrays.copyOf(request, request.length - cell.payload() - "\r\n".length());
  }

  /** Requests without a reply, those included that were not sent yet. */
  int underWay() {
    return underWay;
  }

  /** Puts a message behind those that wait to be sent; returns whether there was room for it. */
  boolean put(long dueNanos) {
    byte[] head = heads[next];
    out.compact();
    boolean fits = out.remaining() >= head.length + Long.BYTES + filling.length;
    if (fits) {
      out.put(head).putLong(dueNanos).put(filling);
      next = next + 1 == heads.length ? 0 : next + 1;
      underWay++;
    }
    out.flip();
    return fits;
  }

  /** Sends what waits, as far as the socket takes it. */
  void send() throws BenchException {
    if (out.hasRemaining()) {
      write(out);
    }
  }

  boolean hasUnsent() {
    return out.hasRemaining();
  }

  @Override
  void readable(Arrivals arrivals) throws BenchException {
    int count = arrivals.readFrom(this);
    byte[] bytes = arrivals.bytes;
    for (int i = 0; i < count; i++) {
      if (bytes[i] == '\n') {
        underWay--;
        arrivals.replied();
      } else if (bytes[i] == '-') {
        throw refused(bytes, i, count);
      }
    }
  }

  @Override
  public String toString() {
    return "publisher";
  }
}
