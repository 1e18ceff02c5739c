package io.slotcast.broker.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/** The time on processors that servers on this machine have taken. Source: {@code proc(5)}. */
final class ServerCpu {
  /** Linux tells its users hundredths of a second, whatever the kernel counts in. */
  private static final double TICKS_A_SECOND = 100;

  /** Of the fields behind the command's name, which may hold blanks itself. */
  private static final int USER = 11;

  private static final int SYSTEM = 12;

  private ServerCpu() {}

  static boolean isKnown(long pid) {
    return Files.isReadable(stat(pid));
  }

  /** Seconds of all processes together since their start, user and system. */
  static double seconds(Set<Long> pids) throws BenchException {
    double sum = 0;
    for (long pid : pids) {
      sum += seconds(pid);
    }
    return sum;
  }

  private static double seconds(long pid) throws BenchException {
    try {
      String line = Files.readString(stat(pid), StandardCharsets.ISO_8859_1);
      String[] fields = line.substring(line.lastIndexOf(')') + 2).split(" ", -1);
      return (Long.parseLong(fields[USER]) + Long.parseLong(fields[SYSTEM])) / TICKS_A_SECOND;
    } catch (IOException e) {
      throw new BenchException("process " + pid + " of a node has gone", e);
    }
  }

  private static Path stat(long pid) {
    return Path.of("/proc", Long.toString(pid), "stat");
  }
}
