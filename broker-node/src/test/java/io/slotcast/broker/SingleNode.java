package io.slotcast.broker;

import io.slotcast.broker.cluster.FixedMembership;
import io.slotcast.broker.command.EffectRunner;
import io.slotcast.broker.command.Refusals;
import io.slotcast.broker.config.ConfigException;
import io.slotcast.broker.config.ServerConfig;
import io.slotcast.broker.effect.EffectSink;
import io.slotcast.broker.resp.ProtocolException;
import io.slotcast.broker.resp.RequestLimits;
import io.slotcast.broker.resp.RequestReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
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
      } catch (StartupException e) {
        if (!String.valueOf(e.getMessage()).endsWith("in use")) {
          throw new IllegalStateException(e.getMessage(), e);
        }
        last = e;
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
    node.slots().effects().add(sink);
  }

  /** What keeps the node from running commands. */
  public Refusals refusals() {
    return node.refusals();
  }

  /** Says whether another node decides what happens to the keys. */
  public void passive(boolean wanted) {
    node.slots().passive(wanted);
  }

  /** What repeats effects on this node; to be called by {@link #onLoop}. */
  public EffectRunner effectRunner(IntPredicate wanted, BiConsumer<String, String> failed) {
    return node.effectRunner(node.firstLoop(), wanted, (slot, array, offset, length) -> {}, failed);
  }

  /** Repeats effects as a replica would; one that fails is an error. */
  public void repeat(byte[] effects) {
    passive(true);
    EffectRunner runner =
        effectRunner(
            slot -> true,
            (command, error) -> {
              throw new AssertionError(command + ": " + error);
            });
    int end = onLoop(() -> runner.run(effects, 0, effects.length));
    if (end != effects.length) {
      throw new AssertionError("bytes left behind the effects: " + (effects.length - end));
    }
  }

  /** As above, from ASCII text. */
  public void repeat(String effects) {
    repeat(effects.getBytes(StandardCharsets.US_ASCII));
  }

  /** Runs something on the node's first event loop, and waits for it. */
  public <T> T onLoop(Callable<T> action) {
    try {
      return node.firstLoop().eventLoop().submit(action).get(10, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
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
