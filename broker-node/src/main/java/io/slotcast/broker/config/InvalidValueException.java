package io.slotcast.broker.config;

/** A value that a directive does not take. */
public final class InvalidValueException extends Exception {
  private static final long serialVersionUID = 1L;

  private final String reason;

  /**
   * @param reason Redis' text, without a prefix
   */
  public InvalidValueException(String reason) {
    super(reason);
    this.reason = reason;
  }

  public String reason() {
    return reason;
  }
}
