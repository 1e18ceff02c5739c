package io.slotcast.broker.command;

import io.slotcast.broker.resp.Request;

/** Who is told of each command that has run, whatever its outcome. */
public record RunObservers(SlowLog slowLog, Monitors monitors) {
  /** On the client's loop; a slot's lock may be held. */
  void ran(Client client, RegisteredCommand command, Request request, long tookNanos) {
    slowLog.ran(client, command, request, tookNanos);
    monitors.ran(client, command, request);
  }
}
