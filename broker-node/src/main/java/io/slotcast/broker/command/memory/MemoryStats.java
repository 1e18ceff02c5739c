package io.slotcast.broker.command.memory;

import io.slotcast.broker.bytes.Footprint;
import io.slotcast.broker.command.Call;
import io.slotcast.broker.command.info.ProcessUsage;
import io.slotcast.broker.keyspace.KeyspaceTotals;
import io.slotcast.broker.keyspace.SlotTable;
import io.slotcast.broker.resp.RespWriter;
import java.util.function.Consumer;

/**
 * MEMORY STATS: Redis' fields, in its order. What a JVM does not tell, or what is not there, is 0;
 * the allocator is the heap and the buffers beside it.
 */
final class MemoryStats implements Consumer<Call> {
  /** Of a key in its slot's table: its place, its hash, and its value's place. */
  private static final long PER_KEY = 3 * Footprint.REFERENCE;

  private static final int FIELDS = 27;

  private final SlotTable slots;
  private final ProcessUsage process;
  private final long atStart;

  MemoryStats(SlotTable slots, ProcessUsage process) {
    this.slots = slots;
    this.process = process;
    this.atStart = process.used();
  }

  @Override
  public void accept(Call call) {
    KeyspaceTotals totals = KeyspaceTotals.of(slots);
    boolean hasKeys = totals.keys() > 0;
    long used = process.used();
    long table = totals.keys() * PER_KEY;
    long overhead = Math.min(atStart + table, used);
    long dataset = used - overhead;
    RespWriter reply = call.reply();
    reply.map(FIELDS + (hasKeys ? 1 : 0));
    number(reply, "peak.allocated", process.peak());
    number(reply, "total.allocated", used);
    number(reply, "startup.allocated", atStart);
    number(reply, "replication.backlog", 0);
    number(reply, "clients.slaves", 0);
    number(reply, "clients.normal", 0);
    number(reply, "cluster.links", 0);
    number(reply, "aof.buffer", 0);
    number(reply, "lua.caches", 0);
    number(reply, "functions.caches", 0);
    if (hasKeys) {
      reply.bulk("db.0");
      reply.map(3);
      number(reply, "overhead.hashtable.main", table);
      number(reply, "overhead.hashtable.expires", 0);
      number(reply, "overhead.hashtable.slot-to-keys", 0);
    }
    number(reply, "overhead.total", overhead);
    number(reply, "keys.count", totals.keys());
    number(reply, "keys.bytes-per-key", hasKeys ? Math.max(used - atStart, 0) / totals.keys() : 0);
    number(reply, "dataset.bytes", dataset);
    decimal(reply, "dataset.percentage", 100.0 * dataset / Math.max(used - atStart, 1));
    decimal(reply, "peak.percentage", 100.0 * used / process.peak());
    allocator(reply, used);
  }

  private void allocator(RespWriter reply, long used) {
    long active = Runtime.getRuntime().totalMemory() + process.direct();
    long resident = process.resident();
    number(reply, "allocator.allocated", used);
    number(reply, "allocator.active", active);
    number(reply, "allocator.resident", resident);
    decimal(reply, "allocator-fragmentation.ratio", (double) active / used);
    number(reply, "allocator-fragmentation.bytes", active - used);
    decimal(reply, "allocator-rss.ratio", (double) resident / active);
    number(reply, "allocator-rss.bytes", resident - active);
    decimal(reply, "rss-overhead.ratio", 1);
    number(reply, "rss-overhead.bytes", 0);
    decimal(reply, "fragmentation", (double) resident / used);
    number(reply, "fragmentation.bytes", resident - used);
  }

  private static void number(RespWriter reply, String name, long value) {
    reply.bulk(name);
    reply.integer(value);
  }

  private static void decimal(RespWriter reply, String name, double value) {
    reply.bulk(name);
    reply.decimal(value);
  }
}
