package io.slotcast.broker;

import io.slotcast.broker.command.CommandTable;
import io.slotcast.broker.command.EffectRunner;
import io.slotcast.broker.journal.DiskPersistence;
import io.slotcast.broker.journal.UnknownEffectException;
import io.slotcast.broker.keyspace.SlotTable;
import io.slotcast.broker.resp.ProtocolException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Repeats what a journal says while the node starts. What Redis would pass over, since it changed
 * nothing there either, is passed over; a command that means nothing here ends the start. Owned by
 * the thread that loads.
 */
final class JournalCommands implements DiskPersistence.Commands {
  private static final Logger log = LoggerFactory.getLogger(JournalCommands.class);

  private final EffectRunner runner;
  private int ran;
  private boolean warned;

  JournalCommands(CommandTable commands, SlotTable slots) {
    this.runner =
        new EffectRunner(
            commands,
            slots,
            System::currentTimeMillis,
            slot -> true,
            (slot, array, offset, length) -> ran += length,
            slot -> {},
            this::failed);
  }

  @Override
  public int run(byte[] array, int from, int to) throws ProtocolException {
    ran = 0;
    return runner.run(array, from, to);
  }

  @Override
  public int ran() {
    return ran;
  }

  private void failed(String command, String error) {
    if (command.startsWith("#")) {
      return; // A comment, such as a time.
    }
    boolean isUnknown =
        error.startsWith("ERR unknown command")
            || error.startsWith("ERR not an effect")
            || error.startsWith("ERR no keys")
            || error.startsWith("ERR there is one database");
    if (isUnknown) {
      throw new UnknownEffectException(command, error);
    }
    if (!warned) {
      log.warn("A command of the journal, '{}', has no effect: {}", command, error);
      warned = true;
    }
  }
}
