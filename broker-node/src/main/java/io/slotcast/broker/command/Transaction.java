package io.slotcast.broker.command;

import io.slotcast.broker.keyspace.Slot;
import io.slotcast.broker.keyspace.Watch;
import io.slotcast.broker.resp.Request;
import io.slotcast.router.Access;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a client queued since MULTI, and the keys that it watches. Owned by the connection's loop;
 * CLIENT LIST may read it from another thread and see what is a moment old.
 */
public final class Transaction {
  /** A command that waits for EXEC, and whether it names keys. */
  record Queued(RegisteredCommand command, Request request, boolean hasKeys) {}

  private final List<Queued> commands = new ArrayList<>();
  private final List<Watch> watches = new ArrayList<>();
  private boolean open;
  private boolean broken;
  private long queuedBytes;

  /** Whether MULTI was said, so that commands are queued. */
  public boolean isOpen() {
    return open;
  }

  public void open() {
    open = true;
  }

  /** A command could not be queued: EXEC is going to refuse. */
  void fail() {
    broken |= open;
  }

  boolean isBroken() {
    return broken;
  }

  void queue(RegisteredCommand command, Request request, boolean hasKeys) {
    commands.add(new Queued(command, request.copy(), hasKeys));
    queuedBytes += request.wireLength();
  }

  List<Queued> commands() {
    return commands;
  }

  /** What EXEC runs, in order. */
  public List<Request> requests() {
    return commands.stream().map(Queued::request).toList();
  }

  /** Whether a queued command may take memory. */
  boolean needsMemory() {
    return commands.stream().anyMatch(queued -> queued.command().spec().has(CommandFlag.DENYOOM));
  }

  /** Whether a queued command may write. */
  boolean writes() {
    return commands.stream().anyMatch(queued -> queued.command().access() == Access.WRITE);
  }

  /** How many commands are queued; -1 while none are. */
  public int size() {
    return open ? commands.size() : -1;
  }

  /** How long the queued requests are, in bytes on the wire. */
  public long queuedBytes() {
    return queuedBytes;
  }

  /** Whether EXEC would run nothing, for a watched key has changed. */
  public boolean isOutdated() {
    return watches.stream().anyMatch(Watch::isTouched);
  }

  public int watchCount() {
    return watches.size();
  }

  List<Watch> watches() {
    return watches;
  }

  /** Watches a key of a slot whose lock is held. */
  public void watch(Slot slot, byte[] key, long nowMillis) {
    for (Watch watch : watches) {
      if (watch.slot() == slot && Arrays.equals(watch.key(), key)) {
        return;
      }
    }
    watches.add(slot.watch(key, nowMillis));
  }

  /** Forgets the watched keys. Takes the lock of each key's slot: the caller holds none. */
  public void unwatch() {
    for (Watch watch : watches) {
      watch.slot().lock();
      try {
        watch.slot().keys().unwatch(watch);
      } finally {
        watch.slot().unlock();
      }
    }
    watches.clear();
  }

  /** As DISCARD: forgets the queue and the watched keys. The caller holds no slot's lock. */
  public void discard() {
    open = false;
    broken = false;
    queuedBytes = 0;
    commands.clear();
    unwatch();
  }
}
