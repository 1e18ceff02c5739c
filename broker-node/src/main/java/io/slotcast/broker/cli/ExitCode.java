package io.slotcast.broker.cli;

/** What the process ends with. */
final class ExitCode {
  static final int OK = 0;

  /** A failure while running: a cluster that did not form. */
  static final int FAILED = 1;

  /** Refused to start: wrong arguments or directives, a port in use, a folder that is held. */
  static final int REFUSED = 2;

  private ExitCode() {}
}
