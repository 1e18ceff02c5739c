package io.slotcast.broker.journal;

import io.slotcast.broker.command.LaterReply;
import io.slotcast.broker.command.persistence.Persistence;
import io.slotcast.broker.keyspace.KeyspaceTotals;
import io.slotcast.broker.keyspace.SlotTable;

/** Of a node without a data folder: nothing is kept. */
public final class NoPersistence implements Persistence {
  private final SlotTable slots;
  private final long startedSeconds;

  /**
   * @param startedSeconds when the node started, since 1970
   */
  public NoPersistence(SlotTable slots, long startedSeconds) {
    this.slots = slots;
    this.startedSeconds = startedSeconds;
  }

  @Override
  public void save(LaterReply reply) {
    reply.error("ERR This node has no data folder: 'dir' is empty");
  }

  @Override
  public Begun saveInBackground(boolean schedule) {
    return Begun.FAILED;
  }

  @Override
  public Begun rewriteInBackground() {
    return Begun.FAILED;
  }

  @Override
  public long lastSaveSeconds() {
    return startedSeconds;
  }

  @Override
  public State state() {
    return new State(
        null,
        KeyspaceTotals.of(slots).changes(),
        false,
        startedSeconds,
        true,
        -1,
        -1,
        0,
        0,
        0,
        false,
        false,
        false,
        -1,
        -1,
        true,
        true,
        0,
        null);
  }
}
