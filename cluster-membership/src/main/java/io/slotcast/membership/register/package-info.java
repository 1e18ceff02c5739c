/**
 * The topology register: one value, agreed on by CASPaxos among the voters that the value itself
 * names (Rystsov 2018, "CASPaxos: Replicated State Machines without logs"). {@code
 * docs/adr/0001-topology-register.md} says why, and numbers the rules that comments here cite.
 *
 * <p>Everything here is a pure, single-threaded state machine: events come in as method calls that
 * carry the time, messages go out through an {@link io.slotcast.membership.register.Outbox}. All
 * mutable classes of this package and of {@code io.slotcast.membership.lease} belong to one thread,
 * the node's control-plane thread, unless a method says otherwise. Times are nanoseconds of one
 * monotonic clock, compared by difference as {@link System#nanoTime} asks.
 */
@NullMarked
package io.slotcast.membership.register;

import org.jspecify.annotations.NullMarked;
