package io.slotcast.it.client;

import io.slotcast.testkit.Cluster;
import java.util.Locale;

/** The libraries with which the suites of workers are run. */
enum ClientLibrary {
  JEDIS,
  LETTUCE;

  /** What opens a worker's client; closing it closes what all of them share. */
  interface Opened extends AutoCloseable {
    WorkerClient connect();

    @Override
    void close();
  }

  Opened open(Cluster cluster) {
    return switch (this) {
      case JEDIS -> new JedisWorkerClient.Library(cluster);
      case LETTUCE -> new LettuceWorkerClient.Library(cluster);
    };
  }

  /** Name of a key that no other suite and no other library uses. */
  String key(String name) {
    return name().toLowerCase(Locale.ROOT) + ":" + name;
  }
}
