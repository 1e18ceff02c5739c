package io.slotcast.it.rolling;

import io.slotcast.testkit.history.DeliveryCount;
import java.util.List;
import java.util.Map;

/**
 * A program that uses one client library as its users do: it appends numbered entries to streams
 * and publishes numbered messages on a shard channel, to which it also listens. It tries nothing
 * twice; what the library does by itself is what is to be seen.
 */
interface Application extends AutoCloseable {
  /**
   * What the program saw.
   *
   * @param appended values of entries whose append was answered, by stream
   * @param errors how many of each kind the library raised
   * @param sent messages that a node took
   * @param heard messages that came
   */
  record Report(
      Map<String, List<String>> appended,
      Map<String, Integer> errors,
      List<Long> sent,
      DeliveryCount heard) {
    int errorCount() {
      return errors.values().stream().mapToInt(Integer::intValue).sum();
    }
  }

  String name();

  /** Begins to work; returns when it is subscribed. */
  void start() throws Exception;

  /** Ends the work. */
  Report stop() throws Exception;

  @Override
  void close();

  /** Streams of a program, in the slots of all shards. */
  static List<String> streams(String name) {
    return List.of(name + ":a", name + ":b", name + ":c", name + ":d", name + ":e", name + ":f");
  }

  static String channel(String name) {
    return name + ":news";
  }
}
