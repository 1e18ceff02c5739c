package io.slotcast.broker.command;

import io.slotcast.broker.resp.Request;

/**
 * One command. Stateless beyond what its constructor was given; one instance serves all loops.
 *
 * <p>Before {@link #run}, the dispatcher has checked the argument count, the caller's rights and
 * the route; a command with keys or shard channels runs under its slot's lock.
 */
public interface Command {
  CommandSpec spec();

  /**
   * Runs the command and writes exactly one reply, or none where its protocol is its own (such as
   * subscriptions) or where it suspended the connection and replies later.
   *
   * @throws CommandException for an error reply; nothing may have been written or changed before
   */
  void run(Call call);

  /** Whether the argument must not be shown to others, by SLOWLOG or MONITOR. */
  default boolean isSecret(Request request, int i) {
    return false;
  }
}
