package io.slotcast.membership.forming;

import io.slotcast.membership.register.Ballot;
import io.slotcast.membership.register.RegisterValue;
import org.jspecify.annotations.Nullable;

/** What nodes that are in no cluster yet say to each other to agree on one. */
public sealed interface FoundingMessage {
  Ballot ballot();

  /** A founder asks to be heard. */
  record Prepare(Ballot ballot) implements FoundingMessage {}

  /** The voter heeds no lower ballot from now on, and this is what it accepted last. */
  record Promise(Ballot ballot, @Nullable Ballot acceptedAt, @Nullable RegisterValue accepted)
      implements FoundingMessage {}

  record Accept(Ballot ballot, RegisterValue genesis) implements FoundingMessage {}

  record Accepted(Ballot ballot) implements FoundingMessage {}

  /** The voter has promised {@code promised}, which is higher. */
  record Refusal(Ballot ballot, Ballot promised) implements FoundingMessage {}
}
