package io.slotcast.broker.config;

/**
 * A configuration with which a node cannot start. The message is one line for the operator and
 * names the place: {@code slotcast.conf:12: unknown directive 'foo'}.
 */
public final class ConfigException extends Exception {
  private static final long serialVersionUID = 1L;

  public ConfigException(String message) {
    super(message);
  }
}
