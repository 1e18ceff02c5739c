package io.slotcast.broker.command.list;

import io.slotcast.broker.command.Command;
import java.util.List;

/** The list family. */
public final class ListCommands {
  private ListCommands() {}

  public static List<Command> all() {
    return List.of(
        Move.blmove(),
        MoveMany.blmovem(),
        MultiPop.blmpop(),
        BlockingPop.blpop(),
        BlockingPop.brpop(),
        Move.brpoplpush(),
        new ListIndex(),
        new ListInsert(),
        new ListLength(),
        Move.lmove(),
        MoveMany.lmovem(),
        MultiPop.lmpop(),
        Pop.lpop(),
        new ListPosition(),
        Push.lpush(),
        Push.lpushx(),
        new ListRange(),
        new ListRemove(),
        new ListSet(),
        new ListTrim(),
        Pop.rpop(),
        Move.rpoplpush(),
        Push.rpush(),
        Push.rpushx());
  }
}
