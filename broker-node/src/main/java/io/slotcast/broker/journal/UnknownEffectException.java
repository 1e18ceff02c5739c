package io.slotcast.broker.journal;

/** A journal's command that cannot be repeated here, so that what follows would make no sense. */
public final class UnknownEffectException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UnknownEffectException(String command, String error) {
    super("the command '" + command + "' cannot be repeated: " + error);
  }
}
