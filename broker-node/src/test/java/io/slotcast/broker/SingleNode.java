package io.slotcast.broker;

import io.slotcast.broker.cluster.FixedMembership;
import io.slotcast.broker.config.ConfigException;
import io.slotcast.broker.config.ServerConfig;
import io.slotcast.broker.effect.EffectSink;
import io.slotcast.broker.resp.ProtocolException;
import io.slotcast.broker.resp.RequestLimits;
import io.slotcast.broker.resp.RequestReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One node in this process that owns all slots, for tests through real sockets. */
public final class SingleNode implements AutoCloseable {
  private static final int ATTEMPTS = 10;

  private final BrokerNode node;
  private final FixedMembership membership;
  private final List<RespConnection> connections = new ArrayList<>();

  private SingleNode(BrokerNode node, FixedMembership membership) {
    this.node = node;
    this.membership = membership;
  }

  /** Starts a node without a file, with directives as on the command line. */
  public static SingleNode start(String... directives) {
    return start(null, directives);
  }

  /** Starts a node from a file; the port is a free one whatever the file says. */
  public static SingleNode start(@Nullable Path file, String... directives) {
    return start(file, membership -> {}, directives);
  }

  /** Starts a node whose lease does not run yet. */
  public static SingleNode withoutLease() {
    return start(null, membership -> membership.serving(false));
  }

  /** Starts a node that has a {@code tls-port}, too. */
  public static SingleNode startWithTls(String... directives) {
    List<String> all =
        new ArrayList<>(List.of("--tls-port", Integer.toString(FreePorts.inARow(1))));
    all.addAll(List.of(directives));
    return start(all.toArray(String[]::new));
  }

  private static SingleNode start(
      @Nullable Path file, Consumer<FixedMembership> prepare, String... directives) {
    StartupException last = null;
    for (int i = 0; i < ATTEMPTS; i++) {
      int port = FreePorts.inARow(1);
      List<String> options =
          new ArrayList<>(
              List.of("--port", Integer.toString(port), "--bind", "127.0.0.1", "--dir", ""));
      options.addAll(List.of(directives));
      FixedMembership membership = FixedMembership.alone(port);
      prepare.accept(membership);
      try {
        BrokerNode node = BrokerNode.start(ServerConfig.load(file, options), membership);
        return new SingleNode(node, membership);
      } catch (StartupException taken) {
        last = taken;
      } catch (ConfigException e) {
        throw new IllegalArgumentException(e);
      }
    }
    throw new IllegalStateException("no free port", last);
  }

  public int adminPort() {
    return port() + 20_000;
  }

  public int port() {
    return node.port();
  }

  public BrokerNode node() {
    return node;
  }

  /** From now on {@code taker} is given the effects of writes, without MULTI and EXEC around. */
  public void recordEffects(BiConsumer<Integer, byte[][]> taker) {
    recordUnits(
        (slot, array, offset, length) -> {
          RequestReader reader = new RequestReader();
          int at = offset;
          while (at < offset + length) {
            try {
              at =
                  reader.read(
                      array,
                      at,
                      offset + length,
                      new RequestLimits(Integer.MAX_VALUE, Integer.MAX_VALUE));
            } catch (ProtocolException e) {
              throw new IllegalStateException(e);
            }
            if (!reader.request().is(0, "MULTI") && !reader.request().is(0, "EXEC")) {
              taker.accept(slot, reader.request().words());
            }
          }
        });
  }

  /** From now on {@code sink} is given the units of effects. */
  public void recordUnits(EffectSink sink) {
    node.effects().add(sink);
  }

  public FixedMembership membership() {
    return membership;
  }

  /** A new connection, closed with the node. */
  public RespConnection connect() {
    RespConnection connection = RespConnection.to(port());
    connections.add(connection);
    return connection;
  }

  @Override
  public void close() {
    connections.forEach(RespConnection::close);
    node.close();
  }
}
