package io.slotcast.broker.command.info;

import com.sun.management.OperatingSystemMXBean;
import io.netty.buffer.ByteBufAllocatorMetric;
import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Memory and processor time of this process. What only Linux tells is read from {@code /proc}, and
 * taken from the JVM elsewhere. Safe from any thread.
 */
public final class ProcessUsage {
  private static final Logger log = LoggerFactory.getLogger(ProcessUsage.class);
  private static final Path STAT = Path.of("/proc/self/stat");

  /** Linux counts processor time for user space in these, on every platform. */
  private static final double TICKS_PER_SECOND = 100;

  private static final Path STATUS = Path.of("/proc/self/status");
  private static final String RESIDENT = "VmRSS:";

  // Places behind the process name in proc(5)'s stat, from 0.
  private static final int USER_TICKS = 11;
  private static final int SYSTEM_TICKS = 12;

  private final OperatingSystemMXBean system =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
  private final ByteBufAllocatorMetric netty;
  private final AtomicLong peak = new AtomicLong();

  public ProcessUsage(ByteBufAllocatorMetric netty) {
    this.netty = netty;
  }

  /** Seconds in user space and in the kernel. */
  record Cpu(double user, double system) {}

  public long heap() {
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }

  /** Memory outside the heap that Java's buffers hold. */
  public long direct() {
    long total = 0;
    for (BufferPoolMXBean pool : ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)) {
      total += pool.getMemoryUsed();
    }
    // Netty's memory may or may not be among the pools, by how it gets it on this JVM.
    return Math.max(total, netty.usedDirectMemory());
  }

  /** Heap in use and direct memory; remembers the peak. */
  public long used() {
    long now = heap() + direct();
    peak.accumulateAndGet(now, Math::max);
    return now;
  }

  /** The most that {@link #used()} has returned. */
  public long peak() {
    return peak.get();
  }

  /** To be called regularly, so that the peak is not only what INFO happened to see. */
  public void sample() {
    used();
  }

  /** Memory that this process occupies in the machine. */
  public long resident() {
    for (String line : read(STATUS).lines().toList()) {
      if (line.startsWith(RESIDENT)) {
        String size = line.substring(RESIDENT.length()).strip();
        return Long.parseLong(size.substring(0, size.indexOf(' '))) * 1024;
      }
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getCommitted();
  }

  public long machineMemory() {
    return system.getTotalMemorySize();
  }

  Cpu cpu() {
    String stat = read(STAT);
    if (stat.isEmpty()) {
      return new Cpu(system.getProcessCpuTime() / 1e9, 0);
    }
    // The process name before these fields may hold anything, but ends with the last bracket.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return new Cpu(
        Long.parseLong(fields[USER_TICKS]) / TICKS_PER_SECOND,
        Long.parseLong(fields[SYSTEM_TICKS]) / TICKS_PER_SECOND);
  }

  /** A file of /proc; empty where there is none. */
  private static String read(Path file) {
    if (!Files.isReadable(file)) {
      return "";
    }
    try {
      return Files.readString(file);
    } catch (IOException e) {
      log.debug("Cannot read {}", file, e);
      return "";
    }
  }
}
