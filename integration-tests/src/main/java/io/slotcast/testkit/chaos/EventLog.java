package io.slotcast.testkit.chaos;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What was done to a cluster and seen of it, with the time since the beginning. For all threads.
 */
public final class EventLog {
  private static final Logger log = LoggerFactory.getLogger(EventLog.class);

  private final long begin = System.nanoTime();
  private final Queue<String> lines = new ConcurrentLinkedQueue<>();

  public void add(String event) {
    log.info(event);
    long nanos = System.nanoTime();
    lines.add("%8.3f s (%d)  %s".formatted((nanos - begin) / 1e9, nanos, event));
  }

  @Override
  public String toString() {
    return String.join("\n", lines) + "\n";
  }
}
