package io.slotcast.broker;

import io.slotcast.broker.command.Refusals;
import io.slotcast.broker.config.Directive;
import io.slotcast.broker.config.Directives;
import io.slotcast.broker.config.OutputBufferLimits;
import io.slotcast.broker.config.PersistenceDirectives.Fsync;
import io.slotcast.broker.config.ReplicationDirectives;
import io.slotcast.broker.config.ServerConfig;
import io.slotcast.broker.replication.NodeStanding;
import io.slotcast.broker.replication.ReplicationSettings;
import io.slotcast.membership.failover.FailoverPolicy;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** What the directives mean for replication, and what replication means for clients. */
final class ShardReplication {
  /** Redis takes any number of seconds; a longer time than this need not be told from it. */
  private static final long FOREVER_SECONDS = Integer.MAX_VALUE;

  private static final ReplicationDirectives DIRECTIVES = Directives.REPLICATION;

  private static final List<Directive<?>> FOLLOWED =
      List.of(
          DIRECTIVES.backlogSize,
          DIRECTIVES.backlogTtl,
          DIRECTIVES.timeout,
          DIRECTIVES.minToWrite,
          DIRECTIVES.maxLag,
          DIRECTIVES.minToAck,
          DIRECTIVES.serveStaleData,
          Directives.CLIENT_OUTPUT_BUFFER_LIMIT);

  private ShardReplication() {}

  static ReplicationSettings settings(ServerConfig config) {
    OutputBufferLimits limits = config.get(Directives.CLIENT_OUTPUT_BUFFER_LIMIT);
    return new ReplicationSettings(
        config.get(DIRECTIVES.backlogSize),
        Math.min(config.get(DIRECTIVES.backlogTtl).toSeconds(), FOREVER_SECONDS) * 1_000,
        config.get(DIRECTIVES.timeout).toMillis(),
        Math.toIntExact(config.get(DIRECTIVES.minToWrite)),
        config.get(DIRECTIVES.maxLag).toMillis(),
        Math.toIntExact(config.get(DIRECTIVES.minToAck)),
        config.get(DIRECTIVES.serveStaleData),
        limits.replica().hardBytes());
  }

  /** What the operator wants of failover, at the moment. */
  static FailoverPolicy failoverPolicy(ServerConfig config) {
    boolean barred =
        config.get(Directives.FAILOVER.noFailover) || config.get(DIRECTIVES.priority) == 0;
    return new FailoverPolicy(
        Math.toIntExact(config.get(DIRECTIVES.minToAck)),
        !barred,
        longestSilence(config).toNanos(),
        keepsAcknowledged(config),
        new FailoverPolicy.Migration(
            config.get(Directives.FAILOVER.mayMigrate),
            Math.toIntExact(config.get(Directives.FAILOVER.migrationBarrier))));
  }

  private static boolean keepsAcknowledged(ServerConfig config) {
    return config.get(Directives.PERSISTENCE.appendOnly)
        && config.get(Directives.PERSISTENCE.appendFsync) == Fsync.ALWAYS;
  }

  /** Redis adds the period of its pings, whose default this is. */
  private static Duration longestSilence(ServerConfig config) {
    long factor = config.get(Directives.FAILOVER.validityFactor);
    return factor == 0
        ? Duration.ZERO
        : config
            .get(Directives.CLUSTER_NODE_TIMEOUT)
            .multipliedBy(factor)
            .plus(Duration.ofSeconds(10));
  }

  /** Calls {@code changed} with the settings whenever one of them changes. */
  static void follow(ServerConfig config, Consumer<ReplicationSettings> changed) {
    for (Directive<?> directive : FOLLOWED) {
      config.onChange(directive, value -> changed.accept(settings(config)));
    }
  }

  /**
   * @param keysReplaced to be run when all keys of a primary have come in
   */
  static NodeStanding standing(Refusals refusals, Runnable keysReplaced) {
    return new NodeStanding() {
      @Override
      public void lacksReplicas(boolean value) {
        refusals.lacksReplicas(value);
      }

      @Override
      public void stale(boolean value) {
        refusals.stale(value);
      }

      @Override
      public void loading(boolean value) {
        refusals.loadingFromPrimary(value);
        if (!value) {
          keysReplaced.run();
        }
      }

      @Override
      public boolean isLoading() {
        return refusals.isLoading();
      }
    };
  }
}
