package io.slotcast.broker.keyspace.rdb;

/** Bytes that are no value in the RDB format. Cheap: it carries no stack trace. */
public final class RdbException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RdbException(String what) {
    super(what, null, false, false);
  }

  /** The same, with where it was. */
  RdbException at(String where) {
    return new RdbException(where + ": " + getMessage());
  }
}
