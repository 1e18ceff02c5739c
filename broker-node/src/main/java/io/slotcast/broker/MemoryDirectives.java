package io.slotcast.broker;

import io.slotcast.broker.config.Directives;
import io.slotcast.broker.config.ServerConfig;
import io.slotcast.broker.keyspace.Eviction;
import io.slotcast.broker.keyspace.EvictionPolicy;
import io.slotcast.broker.keyspace.SlotTable;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntPredicate;

/** {@code maxmemory} and its kin, as they change. */
final class MemoryDirectives {
  private MemoryDirectives() {}

  static Eviction follow(ServerConfig config, SlotTable slots, IntPredicate mayWrite) {
    Eviction eviction = new Eviction(slots, mayWrite, ThreadLocalRandom::current);
    eviction.limit(limits(config));
    config.onChange(Directives.MAXMEMORY, value -> eviction.limit(limits(config)));
    config.onChange(Directives.MAXMEMORY_POLICY, value -> eviction.limit(limits(config)));
    config.onChange(Directives.MAXMEMORY_SAMPLES, value -> eviction.limit(limits(config)));
    return eviction;
  }

  private static Eviction.Limits limits(ServerConfig config) {
    return new Eviction.Limits(
        config.get(Directives.MAXMEMORY),
        EvictionPolicy.named(config.get(Directives.MAXMEMORY_POLICY)),
        (int) Math.min(config.get(Directives.MAXMEMORY_SAMPLES), Integer.MAX_VALUE));
  }
}
