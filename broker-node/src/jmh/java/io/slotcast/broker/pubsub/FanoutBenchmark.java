package io.slotcast.broker.pubsub;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import io.slotcast.broker.keyspace.SlotTable;
import io.slotcast.broker.net.ClientProtocol;
import io.slotcast.broker.net.Connection;
import io.slotcast.broker.net.IoLoop;
import io.slotcast.broker.net.IoLoops;
import io.slotcast.broker.net.Transport;
import io.slotcast.broker.resp.ProtocolException;
import io.slotcast.broker.resp.Request;
import io.slotcast.broker.resp.RequestLimits;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * One message to all subscribers of a channel on this node, up to the bytes that would be written:
 * sockets are left out. Every {@value #ROUND} messages the outputs are emptied, as a loop does at the
 * end of its turn.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class FanoutBenchmark {
  private static final int ROUND = 16;
  private static final byte[] CHANNEL = "ch000001".getBytes(StandardCharsets.US_ASCII);

  @Param({"1", "4", "64"})
  public int subscribers;

  private final IoLoops loops = new IoLoops(Transport.NIO, 1, "benchmark", 0);
  private final IoLoop loop = loops.all().getFirst();
  private final PubSub pubSub = new PubSub(new SlotTable(), ByteBufAllocator.DEFAULT);
  private final List<EmbeddedChannel> channels = new ArrayList<>();
  private final List<Connection> connections = new ArrayList<>();
  private final byte[] request = new byte[CHANNEL.length + 64];
  private int published;

  @Setup
  public void subscribe() {
    System.arraycopy(CHANNEL, 0, request, 0, CHANNEL.length);
    for (int i = 0; i < subscribers; i++) {
      Connection connection = new Connection(loop, false, ignored -> new Silent());
      channels.add(new EmbeddedChannel(connection));
      connections.add(connection);
      Subscriptions subscriptions = new Subscriptions(connection);
      pubSub.subscribe(subscriptions, SubscriptionKind.CHANNEL, CHANNEL);
    }
  }

  @TearDown
  public void close() {
    loops.close();
  }

  @Benchmark
  public int publish() {
    Message message = new Message(request, 0, CHANNEL.length, CHANNEL.length, 64);
    int receivers = pubSub.publish(message, loop);
    if (++published % ROUND == 0) {
      connections.forEach(Connection::flushDeliveries);
      channels.forEach(FanoutBenchmark::empty);
    }
    return receivers;
  }

  private static void empty(EmbeddedChannel channel) {
    ByteBuf sent;
    while ((sent = channel.readOutbound()) != null) {
      sent.release();
    }
  }

  /** A client that says nothing. */
  private static final class Silent implements ClientProtocol {
    @Override
    public RequestLimits limits() {
      return RequestLimits.UNAUTHENTICATED;
    }

    @Override
    public void onRequest(Request ignored) {}

    @Override
    public void onReadEnd() {}

    @Override
    public void onProtocolError(ProtocolException error) {}

    @Override
    public void onClosed() {}
  }
}
