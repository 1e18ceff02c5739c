package io.slotcast.it.client;

import io.slotcast.testkit.Cluster;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import redis.clients.jedis.Connection;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.RedisClusterClient;
import redis.clients.jedis.RedisProtocol;
import redis.clients.jedis.StreamEntryID;
import redis.clients.jedis.Transaction;
import redis.clients.jedis.args.ListDirection;
import redis.clients.jedis.params.SetParams;
import redis.clients.jedis.params.XAutoClaimParams;
import redis.clients.jedis.params.XReadGroupParams;
import redis.clients.jedis.params.ZRangeParams;
import redis.clients.jedis.resps.StreamEntry;
import redis.clients.jedis.resps.Tuple;
import redis.clients.jedis.util.JedisClusterCRC16;
import redis.clients.jedis.util.KeyValue;

/** A worker's client of Jedis, in RESP3. */
final class JedisWorkerClient implements WorkerClient {
  /** Opens them; they share nothing. */
  record Library(Cluster cluster) implements ClientLibrary.Opened {
    @Override
    public WorkerClient connect() {
      return new JedisWorkerClient(cluster.port(0));
    }

    @Override
    public void close() {
      // Each worker has connections of its own.
    }
  }

  private final RedisClusterClient client;

  private JedisWorkerClient(int seed) {
    client =
        RedisClusterClient.builder()
            .nodes(Set.of(new HostAndPort("127.0.0.1", seed)))
            .clientConfig(DefaultJedisClientConfig.builder().protocol(RedisProtocol.RESP3).build())
            .build();
  }

  @Override
  public void push(String queue, String job) {
    client.lpush(queue, job);
  }

  @Override
  public String take(String queue) {
    KeyValue<String, String> taken = client.brpop(20.0, queue);
    return Objects.requireNonNull(taken, "no job came").getValue();
  }

  @Override
  public String move(String queue, String processing) {
    return Objects.requireNonNull(
        client.blmove(queue, processing, ListDirection.RIGHT, ListDirection.LEFT, 20),
        "no job came");
  }

  @Override
  public long remove(String processing, String job) {
    return client.lrem(processing, 0, job);
  }

  @Override
  public long length(String queue) {
    return client.llen(queue);
  }

  @Override
  public void createGroup(String stream, String group) {
    client.xgroupCreate(stream, group, StreamEntryID.XGROUP_LAST_ENTRY, true);
  }

  @Override
  public void append(String stream, String job) {
    client.xadd(stream, StreamEntryID.NEW_ENTRY, Map.of("job", job));
  }

  @Override
  public List<Delivery> read(String stream, String group, String consumer, int count) {
    Map<String, List<StreamEntry>> read =
        client.xreadGroupAsMap(
            group,
            consumer,
            XReadGroupParams.xReadGroupParams().count(count).block(200),
            Map.of(stream, StreamEntryID.XREADGROUP_UNDELIVERED_ENTRY));
    return read == null ? List.of() : deliveries(read.getOrDefault(stream, List.of()));
  }

  private static List<Delivery> deliveries(List<StreamEntry> entries) {
    return entries.stream()
        .map(
            entry ->
                new Delivery(entry.getID().toString(), entry.getFields().getOrDefault("job", "")))
        .toList();
  }

  @Override
  public long acknowledge(String stream, String group, String id) {
    return client.xack(stream, group, new StreamEntryID(id));
  }

  @Override
  public List<Delivery> claim(String stream, String group, String consumer, int count) {
    return deliveries(
        client
            .xautoclaim(
                stream,
                group,
                consumer,
                0,
                StreamEntryID.MINIMUM_ID,
                XAutoClaimParams.xAutoClaimParams().count(count))
            .getValue());
  }

  @Override
  public long pending(String stream, String group) {
    return client.xpending(stream, group).getTotal();
  }

  @Override
  public void write(String account, long amount) {
    client.set(account, Long.toString(amount));
  }

  @Override
  public long read(String account) {
    return Long.parseLong(client.get(account));
  }

  @Override
  public boolean transfer(String from, String to, long amount, Runnable beforeExec) {
    try (Connection connection = client.getConnectionFromSlot(JedisClusterCRC16.getSlot(from));
        Jedis node = new Jedis(connection)) {
      node.watch(from, to);
      long left = Long.parseLong(node.get(from)) - amount;
      long right = Long.parseLong(node.get(to)) + amount;
      beforeExec.run();
      Transaction transaction = node.multi();
      transaction.set(from, Long.toString(left));
      transaction.set(to, Long.toString(right));
      return transaction.exec() != null;
    }
  }

  @Override
  public void schedule(String queue, String job, double due) {
    client.zadd(queue, due, job);
  }

  @Override
  public List<String> due(String queue, double now) {
    return client.zrange(
        queue, ZRangeParams.zrangeByScoreParams(Double.NEGATIVE_INFINITY, now).limit(0, 10));
  }

  @Override
  public boolean unschedule(String queue, String job) {
    return client.zrem(queue, job) == 1;
  }

  @Override
  public @Nullable String takeEarliest(String queue) {
    Tuple earliest = client.zpopmin(queue);
    return earliest == null ? null : earliest.getElement();
  }

  @Override
  public boolean claimOnce(String guard) {
    return "OK".equals(client.set(guard, "1", SetParams.setParams().nx().ex(60)));
  }

  @Override
  public boolean addOnce(String seen, String job) {
    return client.sadd(seen, job) == 1;
  }

  @Override
  public Set<Integer> owners(List<String> keys) {
    return keys.stream()
        .map(
            key -> {
              try (Connection connection =
                  client.getConnectionFromSlot(JedisClusterCRC16.getSlot(key))) {
                return connection.getHostAndPort().getPort();
              }
            })
        .collect(Collectors.toSet());
  }

  @Override
  public void close() {
    client.close();
  }
}
