package io.slotcast.broker.keyspace;

/** What a key may hold. */
public enum ValueType {
  STRING("string"),
  LIST("list"),
  SET("set"),
  SORTED_SET("zset"),
  HASH("hash"),
  STREAM("stream");

  private final String redisName;

  ValueType(String redisName) {
    this.redisName = redisName;
  }

  /** As TYPE answers it. */
  public String redisName() {
    return redisName;
  }
}
