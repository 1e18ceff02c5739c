package io.slotcast.broker.command;

import io.slotcast.broker.config.Directives;
import io.slotcast.broker.config.OutputBufferLimits;
import io.slotcast.broker.config.ServerConfig;
import io.slotcast.broker.net.ClientProtocol;
import io.slotcast.broker.net.Connection;
import io.slotcast.broker.net.OutputLimit;
import io.slotcast.broker.pubsub.PubSub;
import io.slotcast.broker.resp.RequestLimits;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The clients of this node, by id. Safe from any thread. */
public final class ClientRegistry {
  /** Redis' bound for an authenticated client. */
  private static final int MAX_ARGUMENTS = Integer.MAX_VALUE;

  private final ServerConfig config;
  private final PubSub pubSub;
  private final Map<Long, Client> byId = new ConcurrentHashMap<>();
  private final AtomicLong lastId = new AtomicLong();
  private final AtomicLong rejected = new AtomicLong();
  private volatile RequestLimits limits;

  public ClientRegistry(ServerConfig config, PubSub pubSub) {
    this.config = config;
    this.pubSub = pubSub;
    this.limits = new RequestLimits(config.get(Directives.PROTO_MAX_BULK_LEN), MAX_ARGUMENTS);
    config.onChange(
        Directives.PROTO_MAX_BULK_LEN, value -> limits = new RequestLimits(value, MAX_ARGUMENTS));
    config.onChange(
        Directives.CLIENT_OUTPUT_BUFFER_LIMIT, value -> onLoop(byId.values(), this::limitOutput));
    config.onChange(
        Directives.CLIENT_QUERY_BUFFER_LIMIT,
        value -> onLoop(byId.values(), client -> client.connection().limitInput(value)));
  }

  /** A connection was accepted: makes what stands behind it, a client where there is room. */
  public ClientProtocol opened(Connection connection, Dispatcher dispatcher) {
    Client client = new Client(lastId.incrementAndGet(), connection, dispatcher, this);
    connection.limitInput(config.get(Directives.CLIENT_QUERY_BUFFER_LIMIT));
    limitOutput(client);
    if (byId.size() >= config.get(Directives.MAXCLIENTS)) {
      rejected.incrementAndGet();
      return new OverLimitClient(client);
    }
    byId.put(client.id(), client);
    return client;
  }

  /** Forgets a client; of no effect the second time. */
  void closed(Client client) {
    if (byId.remove(client.id()) != null) {
      pubSub.unsubscribeAll(client.subscriptions());
    }
  }

  /** Ends all subscriptions without a word to the client. On its loop. */
  public void endSubscriptions(Client client) {
    pubSub.unsubscribeAll(client.subscriptions());
    limitOutput(client);
  }

  /** Applies the limit of the client's class, which changes with its first subscription. */
  public void limitOutput(Client client) {
    OutputBufferLimits all = config.get(Directives.CLIENT_OUTPUT_BUFFER_LIMIT);
    OutputBufferLimits.Limit limit =
        client.subscriptions().total() > 0 ? all.pubsub() : all.normal();
    client
        .connection()
        .limitOutput(
            new OutputLimit(
                limit.hardBytes(), limit.softBytes(), (int) limit.softTime().toSeconds()));
  }

  RequestLimits limits() {
    return limits;
  }

  boolean needsNoPassword() {
    return config.get(Directives.REQUIREPASS).isEmpty();
  }

  public @Nullable Client find(long id) {
    return byId.get(id);
  }

  /** Does something to each client on its own loop, some time later. */
  private static void onLoop(Collection<Client> clients, Consumer<Client> action) {
    clients.forEach(client -> client.loop().send(() -> action.accept(client), null));
  }

  /** All clients, in no order; a live view. */
  public Collection<Client> all() {
    return Collections.unmodifiableCollection(byId.values());
  }

  public int count() {
    return byId.size();
  }

  /** Connections refused over {@code maxclients}. */
  public long rejected() {
    return rejected.get();
  }

  public void resetStatistics() {
    rejected.set(0);
  }
}
