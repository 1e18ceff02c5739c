package io.slotcast.membership.register;

/** A value and the ballot at which an acceptor accepted it, which may be later than its id. */
public record AcceptedValue(Ballot ballot, RegisterValue value) {}
