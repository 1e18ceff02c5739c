package io.slotcast.broker.ctl;

/** What keeps an order from being carried out, as one line for the operator. */
public final class CtlException extends Exception {
  private static final long serialVersionUID = 1L;

  public CtlException(String message) {
    super(message);
  }

  public CtlException(String message, Throwable cause) {
    super(message, cause);
  }
}
