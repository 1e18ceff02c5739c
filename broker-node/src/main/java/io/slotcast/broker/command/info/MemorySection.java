package io.slotcast.broker.command.info;

import io.slotcast.broker.command.Call;
import io.slotcast.broker.config.Directives;
import io.slotcast.broker.config.ServerConfig;
import io.slotcast.broker.keyspace.KeyMemory;

/**
 * The memory of this process: {@code used_memory} is the heap in use and the direct buffers, {@code
 * used_memory_dataset} the keys alone, while {@code maxmemory} has them counted.
 */
final class MemorySection implements InfoSection {
  private final ServerConfig config;
  private final ProcessUsage process;

  private final KeyMemory keys;

  MemorySection(ServerConfig config, ProcessUsage process, KeyMemory keys) {
    this.keys = keys;
    this.config = config;
    this.process = process;
  }

  @Override
  public String title() {
    return "Memory";
  }

  @Override
  public Shown shown() {
    return Shown.BY_DEFAULT;
  }

  @Override
  public void write(InfoLines lines, Call call) {
    long used = process.used();
    long resident = process.resident();
    lines.size("used_memory", used);
    lines.size("used_memory_rss", resident);
    lines.size("used_memory_peak", process.peak());
    lines.field("used_memory_peak_perc", InfoLines.decimal(100.0 * used / process.peak(), 2) + "%");
    lines.field("used_memory_heap", process.heap());
    lines.field("used_memory_direct", process.direct());
    lines.size("total_system_memory", process.machineMemory());
    lines.zeros(
        "used_memory_lua",
        "used_memory_scripts",
        "number_of_cached_scripts",
        "number_of_functions",
        "number_of_libraries");
    if (keys.isCounted()) {
      lines.field("used_memory_dataset", keys.bytes());
    }
    lines.size("maxmemory", config.get(Directives.MAXMEMORY));
    lines.field("maxmemory_policy", config.printed(Directives.MAXMEMORY_POLICY));
    lines.decimal("mem_fragmentation_ratio", (double) resident / used);
    lines.field("mem_fragmentation_bytes", resident - used);
    lines.field("mem_allocator", "jvm");
    lines.zeros("active_defrag_running", "lazyfree_pending_objects", "lazyfreed_objects");
  }
}
