package io.slotcast.broker.command;

import io.slotcast.broker.config.Directives;
import io.slotcast.broker.config.ServerConfig;
import io.slotcast.broker.resp.Request;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The commands of late that took long, the newest first. Safe from any thread. */
public final class SlowLog {
  private static final int MOST_ARGUMENTS = 32;
  private static final int LONGEST_ARGUMENT = 128;

  /**
   * One run of a command.
   *
   * @param id ascending, never used again in the node's lifetime
   * @param seconds of the Unix epoch, when it ended
   * @param arguments as others may see them, long ones cut
   * @param address of the client
   * @param name of the client; empty if it has none
   */
  public record Entry(
      long id, long seconds, long micros, List<byte[]> arguments, String address, String name) {}

  private final Object lock = new Object();

  /** Guarded by {@code lock}, as is {@code nextId}. */
  private final Deque<Entry> entries = new ArrayDeque<>();

  private long nextId;
  private volatile long thresholdNanos;
  private volatile long maxLength;

  public SlowLog(ServerConfig config) {
    threshold(config.get(Directives.SLOWLOG_LOG_SLOWER_THAN));
    config.onChange(Directives.SLOWLOG_LOG_SLOWER_THAN, this::threshold);
    maxLength = config.get(Directives.SLOWLOG_MAX_LEN);
    config.onChange(Directives.SLOWLOG_MAX_LEN, length -> maxLength = length);
  }

  private void threshold(long micros) {
    thresholdNanos = micros < 0 ? Long.MAX_VALUE : TimeUnit.MICROSECONDS.toNanos(micros);
  }

  /** A command has run; on the client's loop. */
  void ran(Client client, RegisteredCommand command, Request request, long tookNanos) {
    if (tookNanos < thresholdNanos || command.spec().has(CommandFlag.SKIP_SLOWLOG)) {
      return;
    }
    List<byte[]> arguments =
        ShownArguments.of(command.command(), request, MOST_ARGUMENTS, LONGEST_ARGUMENT);
    synchronized (lock) {
      entries.addFirst(
          new Entry(
              nextId++,
              TimeUnit.MILLISECONDS.toSeconds(client.loop().millis()),
              TimeUnit.NANOSECONDS.toMicros(tookNanos),
              arguments,
              ClientAddress.remote(client),
              client.name()));
      while (entries.size() > maxLength) {
        entries.removeLast();
      }
    }
  }

  /** Up to {@code count} entries, the newest first. */
  public List<Entry> newest(long count) {
    List<Entry> found = new ArrayList<>();
    synchronized (lock) {
      for (Entry entry : entries) {
        if (found.size() >= count) {
          break;
        }
        found.add(entry);
      }
    }
    return found;
  }

  public int length() {
    synchronized (lock) {
      return entries.size();
    }
  }

  public void reset() {
    synchronized (lock) {
      entries.clear();
    }
  }
}
