package io.slotcast.broker.command.memory;

import io.slotcast.broker.command.info.ProcessUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What MEMORY DOCTOR says. */
final class MemoryDoctor {
  /** A heap that is fuller than this leaves little between two collections. */
  private static final double FULL = 0.9;

  /** A peak that is so much higher than what is in use now is worth a word. */
  private static final double HIGH = 1.5;

  private final ProcessUsage process;

  MemoryDoctor(ProcessUsage process) {
    this.process = process;
  }

  String report() {
    List<String> findings = new ArrayList<>();
    double heapShare = (double) process.heap() / Runtime.getRuntime().maxMemory();
    if (heapShare > FULL) {
      findings.add(
          percent(heapShare)
              + " of the heap's maximum is in use, garbage included. If it stays there, give the"
              + " node a larger heap (-Xmx), or fewer keys.");
    }
    double peakShare = (double) process.peak() / process.used();
    if (peakShare > HIGH) {
      findings.add(
          "The peak was "
              + percent(peakShare)
              + " of what is in use now. A garbage collection since then may be all that it means;"
              + " MEMORY PURGE makes one.");
    }
    double machineShare = (double) process.resident() / process.machineMemory();
    if (machineShare > FULL) {
      findings.add("This process occupies " + percent(machineShare) + " of the machine's memory.");
    }
    return findings.isEmpty()
        ? "No problem with this node's memory was found.\n"
        : String.join("\n", findings) + "\n";
  }

  private static String percent(double share) {
    return String.format(Locale.ROOT, "%.0f%%", 100 * share);
  }
}
