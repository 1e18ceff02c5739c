package io.slotcast.broker.config;

/** How much is logged: Redis' levels, from most to least. */
public enum LogLevel {
  DEBUG,
  VERBOSE,
  NOTICE,
  WARNING
}
