package io.slotcast.broker.config;

/**
 * A refused CONFIG SET or CONFIG REWRITE; nothing was changed. The message is the whole error reply
 * without the leading {@code -}, in Redis' words: {@code ERR CONFIG SET failed (possibly related to
 * argument 'port') - can't set immutable config}.
 */
public final class ConfigSetException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String text;

  public ConfigSetException(String message) {
    super(message);
    this.text = message;
  }

  /** The whole error reply without the leading {@code -}. */
  public String text() {
    return text;
  }
}
