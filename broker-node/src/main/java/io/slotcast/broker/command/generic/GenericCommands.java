package io.slotcast.broker.command.generic;

import io.slotcast.broker.command.Command;
import java.util.List;

/** The generic family. */
public final class GenericCommands {
  private GenericCommands() {}

  public static List<Command> all() {
    return List.of(
        Delete.del(),
        Delete.unlink(),
        new Exists(),
        new Type(),
        TimeToLive.ttl(),
        TimeToLive.pttl(),
        TimeToLive.expireTime(),
        TimeToLive.pexpireTime(),
        Expire.expire(),
        Expire.pexpire(),
        Expire.expireAt(),
        Expire.pexpireAt(),
        new Persist());
  }
}
