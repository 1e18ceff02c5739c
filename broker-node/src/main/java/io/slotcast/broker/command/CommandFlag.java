package io.slotcast.broker.command;

import java.util.Locale;

/** What COMMAND INFO says of a command; the names are Redis', and so is their order. */
public enum CommandFlag {
  WRITE,
  READONLY,
  DENYOOM,
  MODULE,
  ADMIN,
  PUBSUB,
  NOSCRIPT,
  BLOCKING,
  LOADING,
  STALE,
  SKIP_MONITOR,
  SKIP_SLOWLOG,
  ASKING,
  FAST,
  NO_AUTH,
  MAY_REPLICATE,
  NO_MANDATORY_KEYS,
  PROTECTED,
  NO_ASYNC_LOADING,
  NO_MULTI,
  ALLOW_BUSY,
  MOVABLEKEYS;

  /** As COMMAND INFO prints it. */
  public String redisName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
