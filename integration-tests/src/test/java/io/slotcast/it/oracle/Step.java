package io.slotcast.it.oracle;

/** One line of a case: something that a connection does. */
sealed interface Step {
  /** Its place in the file, from 1. */
  int line();

  /** Which connection, by its letter; opened when it is first named. */
  char connection();

  record Send(int line, char connection, byte[] bytes) implements Step {}

  /**
   * The next reply or push.
   *
   * @param exact whether it is the same in each protocol; else it is in RESP3's form
   * @param reply in {@link Notation}
   */
  record Expect(int line, char connection, Servers servers, boolean exact, String reply)
      implements Step {
    /** What must come with that protocol. */
    String in(int protocol) {
      if (exact) {
        return reply;
      }
      return protocol == 3 ? ReplyForm.ofResp3(reply) : ReplyForm.ofResp2(reply);
    }
  }

  /** The server closes the connection, with nothing before. */
  record ExpectClosed(int line, char connection, Servers servers) implements Step {}

  /** Waits until INFO, asked on this connection, tells of so many blocked clients. */
  record AwaitBlocked(int line, char connection, int clients) implements Step {}

  /** The client closes it. */
  record Close(int line, char connection) implements Step {}

  /** Of which server a line is expected; anything but BOTH is a difference on purpose. */
  enum Servers {
    BOTH,
    REDIS,
    SLOTCAST;

    boolean include(Servers server) {
      return this == BOTH || this == server;
    }
  }
}
