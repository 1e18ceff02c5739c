package io.slotcast.broker.command;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.LongSupplier;

/**
 * CLIENT PAUSE: commands wait here until the pause is over, in the order in which each connection
 * sent them. Safe from any thread.
 */
public final class PauseGate {
  /** Not paused: the usual state, checked by one volatile read. */
  private static final long OFF = 0;

  private final LongSupplier millis;
  private final ConcurrentLinkedQueue<Client> waiting = new ConcurrentLinkedQueue<>();
  private volatile long untilMillis = OFF;
  private volatile boolean writesOnly;

  public PauseGate(LongSupplier millis) {
    this.millis = millis;
  }

  /** Pauses; a pause of all commands is not weakened, and none is shortened, by a later one. */
  public synchronized void pause(long newUntilMillis, boolean onlyWrites) {
    boolean running = untilMillis > millis.getAsLong();
    writesOnly = onlyWrites && (!running || writesOnly);
    untilMillis = running ? Math.max(untilMillis, newUntilMillis) : newUntilMillis;
  }

  /** Ends the pause; what waited runs. */
  public void unpause() {
    synchronized (this) {
      untilMillis = OFF;
    }
    release();
  }

  /** Called regularly: lets clients go on when the pause has run out. */
  public void tick() {
    if (untilMillis != OFF && untilMillis <= millis.getAsLong()) {
      unpause();
    }
  }

  private void release() {
    Client client;
    while ((client = waiting.poll()) != null) {
      Client released = client;
      released.loop().send(released::runPostponed, null);
    }
  }

  /** Whether the command must wait; then the client is noted and its request is put off. */
  boolean mustWait(Client client, RegisteredCommand command) {
    if (untilMillis == OFF || untilMillis <= millis.getAsLong()) {
      return false;
    }
    CommandSpec spec = command.spec();
    boolean affected =
        !writesOnly || spec.has(CommandFlag.WRITE) || spec.has(CommandFlag.MAY_REPLICATE);
    if (!affected || command.fullName().equals("client|unpause")) {
      return false;
    }
    waiting.add(client);
    if (untilMillis == OFF) {
      // The pause ended meanwhile and may have missed this client.
      client.loop().send(client::runPostponed, null);
    }
    return true;
  }
}
