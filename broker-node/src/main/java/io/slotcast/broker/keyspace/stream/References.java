package io.slotcast.broker.keyspace.stream;

/** What removing an entry does about the consumer groups that it is pending in. */
public enum References {
  /** It stays pending there. */
  KEEPREF,
  /** It is pending nowhere any more. */
  DELREF,
  /** It is removed only when every group has read and acknowledged it. */
  ACKED
}
