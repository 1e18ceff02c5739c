package io.slotcast.broker.keyspace;

/** Is told what happens to keys, under their slot's lock. */
public interface KeyEventListener {
  /** Wants to know nothing. */
  KeyEventListener NONE =
      new KeyEventListener() {
        @Override
        public boolean wants(KeyEvent event) {
          return false;
        }

        @Override
        public void happened(KeyEvent event, byte[] array, int offset, int length) {}
      };

  /** Whether it is to be told of such events at all. */
  boolean wants(KeyEvent event);

  /** The key is the slice of the array, which is valid during the call. */
  void happened(KeyEvent event, byte[] array, int offset, int length);
}
