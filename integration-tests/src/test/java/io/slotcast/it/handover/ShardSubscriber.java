package io.slotcast.it.handover;

import io.slotcast.testkit.history.DeliveryCount;
import java.io.IOException;

/** An application that subscribes to one shard channel by some library, and again when told. */
interface ShardSubscriber extends AutoCloseable {
  /** The libraries with which this is done, and how an application would do it. */
  enum Library {
    JEDIS,
    LETTUCE,
    IOREDIS
  }

  /** Returns when the subscription is confirmed. */
  void subscribe() throws Exception;

  /** Numbers that came so far, in their order. */
  DeliveryCount heard() throws Exception;

  @Override
  void close() throws IOException;
}
