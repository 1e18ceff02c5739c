package io.slotcast.broker.command;

import java.util.Locale;

/** Redis' ACL categories, in the order in which COMMAND INFO prints them. */
public enum AclCategory {
  KEYSPACE,
  READ,
  WRITE,
  SET,
  SORTEDSET,
  LIST,
  HASH,
  STRING,
  BITMAP,
  HYPERLOGLOG,
  GEO,
  STREAM,
  PUBSUB,
  ADMIN,
  FAST,
  SLOW,
  BLOCKING,
  DANGEROUS,
  CONNECTION,
  TRANSACTION,
  SCRIPTING;

  /** As COMMAND INFO prints it: {@code @read}. */
  public String redisName() {
    return "@" + name().toLowerCase(Locale.ROOT);
  }
}
