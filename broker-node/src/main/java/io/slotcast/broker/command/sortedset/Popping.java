package io.slotcast.broker.command.sortedset;

import io.slotcast.broker.command.Call;
import io.slotcast.broker.effect.Words;
import io.slotcast.broker.keyspace.KeyEvent;
import io.slotcast.broker.keyspace.sortedset.Ranks;
import io.slotcast.broker.keyspace.sortedset.ScoredMember;
import io.slotcast.broker.keyspace.sortedset.SortedSetValue;
import java.util.List;

/** Taking entries from an end of a sorted set. */
enum Popping {
  MIN("ZPOPMIN"),
  MAX("ZPOPMAX");

  private final String command;

  Popping(String command) {
    this.command = command;
  }

  /** The command that an effect names. */
  byte[] effectName() {
    return Words.of(command);
  }

  /** Takes up to {@code count} entries from the set of the key in argument {@code i}. */
  List<ScoredMember> take(Call call, int i, SortedSetValue set, long count) {
    int taken = (int) Math.min(count, set.size());
    Ranks ranks = this == MIN ? new Ranks(0, taken) : new Ranks(set.size() - taken, set.size());
    List<ScoredMember> entries = set.entries(ranks, this == MAX);
    if (taken > 0) {
      set.remove(ranks);
      call.taken(i, this == MIN ? KeyEvent.ZPOPMIN : KeyEvent.ZPOPMAX, set.size() == 0);
    }
    return entries;
  }
}
