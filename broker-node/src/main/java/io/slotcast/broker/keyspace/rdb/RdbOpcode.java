package io.slotcast.broker.keyspace.rdb;

/**
 * The bytes that stand in a file where a value's type may stand, and say that something else
 * follows. Source: {@code rdb.h} of Redis 7.0 to 7.4.
 */
final class RdbOpcode {
  /** Three lengths: a slot, its keys, and how many of them expire. Of Redis 7.4 on. */
  static final int SLOT_INFO = 244;

  /** A library of functions: its source. */
  static final int FUNCTION = 245;

  /** What a module keeps beside its keys. */
  static final int MODULE_AUX = 247;

  /** How many seconds ago the next key was used, as a length. */
  static final int IDLE = 248;

  /** How often the next key counts as used, in one byte. */
  static final int FREQUENCY = 249;

  /** A name and a content, two strings: whoever does not know the name skips them. */
  static final int AUX = 250;

  /** Two lengths: how many keys are to come, and how many of them expire. */
  static final int RESIZE_DB = 251;

  /** When the next key expires, in milliseconds since 1970, in eight bytes. */
  static final int EXPIRES_MILLIS = 252;

  /** The same in seconds, in four bytes; of Redis before 2.6. */
  static final int EXPIRES_SECONDS = 253;

  /** The number of the database to which the next keys belong, as a length. */
  static final int SELECT_DB = 254;

  static final int END = 255;

  private RdbOpcode() {}
}
