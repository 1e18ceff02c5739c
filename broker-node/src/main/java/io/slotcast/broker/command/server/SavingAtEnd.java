package io.slotcast.broker.command.server;

/** Whether a node makes a snapshot before it ends. */
public enum SavingAtEnd {
  /** If {@code save} names a point at all. */
  AS_CONFIGURED,
  ALWAYS,
  NEVER
}
