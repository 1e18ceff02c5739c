package io.slotcast.it.client;

import io.lettuce.core.Consumer;
import io.lettuce.core.KeyValue;
import io.lettuce.core.LMoveArgs;
import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScoredValue;
import io.lettuce.core.SetArgs;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.XAutoClaimArgs;
import io.lettuce.core.XGroupCreateArgs;
import io.lettuce.core.XReadArgs;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.cluster.api.StatefulRedisClusterConnection;
import io.lettuce.core.cluster.api.sync.RedisAdvancedClusterCommands;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import io.lettuce.core.protocol.ProtocolVersion;
import io.slotcast.testkit.Cluster;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A worker's connection of Lettuce, in RESP2. */
final class LettuceWorkerClient implements WorkerClient {
  /** Opens connections of one client. */
  static final class Library implements ClientLibrary.Opened {
    private final RedisClusterClient client;

    Library(Cluster cluster) {
      client = RedisClusterClient.create(RedisURI.create("127.0.0.1", cluster.port(0)));
      client.setOptions(
          ClusterClientOptions.builder().protocolVersion(ProtocolVersion.RESP2).build());
    }

    @Override
    public WorkerClient connect() {
      return new LettuceWorkerClient(client.connect());
    }

    @Override
    public void close() {
      client.close();
    }
  }

  private final StatefulRedisClusterConnection<String, String> connection;
  private final RedisAdvancedClusterCommands<String, String> commands;

  private LettuceWorkerClient(StatefulRedisClusterConnection<String, String> connection) {
    this.connection = connection;
    this.commands = connection.sync();
  }

  @Override
  public void push(String queue, String job) {
    commands.lpush(queue, job);
  }

  @Override
  public String take(String queue) {
    KeyValue<String, String> taken = commands.brpop(20.0, queue);
    return Objects.requireNonNull(taken, "no job came").getValue();
  }

  @Override
  public String move(String queue, String processing) {
    return Objects.requireNonNull(
        commands.blmove(queue, processing, LMoveArgs.Builder.rightLeft(), 20.0), "no job came");
  }

  @Override
  public long remove(String processing, String job) {
    return commands.lrem(processing, 0, job);
  }

  @Override
  public long length(String queue) {
    return commands.llen(queue);
  }

  @Override
  public void createGroup(String stream, String group) {
    commands.xgroupCreate(
        XReadArgs.StreamOffset.latest(stream), group, XGroupCreateArgs.Builder.mkstream());
  }

  @Override
  public void append(String stream, String job) {
    commands.xadd(stream, Map.of("job", job));
  }

  @Override
  @SuppressWarnings("unchecked") // XREADGROUP takes an array of a generic type
  public List<Delivery> read(String stream, String group, String consumer, int count) {
    return deliveries(
        commands.xreadgroup(
            Consumer.from(group, consumer),
            XReadArgs.Builder.block(Duration.ofMillis(200)).count(count),
            XReadArgs.StreamOffset.lastConsumed(stream)));
  }

  private static List<Delivery> deliveries(List<StreamMessage<String, String>> messages) {
    return messages.stream()
        .map(message -> new Delivery(message.getId(), message.getBody().getOrDefault("job", "")))
        .toList();
  }

  @Override
  public long acknowledge(String stream, String group, String id) {
    return commands.xack(stream, group, id);
  }

  @Override
  public List<Delivery> claim(String stream, String group, String consumer, int count) {
    return deliveries(
        commands
            .xautoclaim(
                stream,
                XAutoClaimArgs.Builder.<String>xautoclaim(Consumer.from(group, consumer), 0, "0-0")
                    .count(count))
            .getMessages());
  }

  @Override
  public long pending(String stream, String group) {
    return commands.xpending(stream, group).getCount();
  }

  @Override
  public void write(String account, long amount) {
    commands.set(account, Long.toString(amount));
  }

  @Override
  public long read(String account) {
    return Long.parseLong(commands.get(account));
  }

  @Override
  public boolean transfer(String from, String to, long amount, Runnable beforeExec) {
    RedisCommands<String, String> node = connection.getConnection(owner(from).getNodeId()).sync();
    node.watch(from, to);
    long left = Long.parseLong(node.get(from)) - amount;
    long right = Long.parseLong(node.get(to)) + amount;
    beforeExec.run();
    node.multi();
    node.set(from, Long.toString(left));
    node.set(to, Long.toString(right));
    return !node.exec().wasDiscarded();
  }

  private RedisClusterNode owner(String key) {
    return connection.getPartitions().getPartitionBySlot(SlotHash.getSlot(key));
  }

  @Override
  public void schedule(String queue, String job, double due) {
    commands.zadd(queue, due, job);
  }

  @Override
  public List<String> due(String queue, double now) {
    return commands.zrangebyscore(
        queue, Range.create(Double.NEGATIVE_INFINITY, now), Limit.from(10));
  }

  @Override
  public boolean unschedule(String queue, String job) {
    return commands.zrem(queue, job) == 1;
  }

  @Override
  public @Nullable String takeEarliest(String queue) {
    ScoredValue<String> earliest = commands.zpopmin(queue);
    return earliest.hasValue() ? earliest.getValue() : null;
  }

  @Override
  public boolean claimOnce(String guard) {
    return "OK".equals(commands.set(guard, "1", SetArgs.Builder.nx().ex(60)));
  }

  @Override
  public boolean addOnce(String seen, String job) {
    return commands.sadd(seen, job) == 1;
  }

  @Override
  public Set<Integer> owners(List<String> keys) {
    return keys.stream().map(key -> owner(key).getUri().getPort()).collect(Collectors.toSet());
  }

  @Override
  public void close() {
    connection.close();
  }
}
