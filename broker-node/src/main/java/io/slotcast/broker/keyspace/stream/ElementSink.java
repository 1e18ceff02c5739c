package io.slotcast.broker.keyspace.stream;

/** Takes the fields and values of an entry, in turn. */
public interface ElementSink {
  /** A string, in an array that is not to be changed or kept. */
  void string(byte[] array, int offset, int length);

  /** A string that is an integer in its canonical form. */
  void integer(long value);
}
