package io.slotcast.broker.net;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The connections of one loop whose replies wait at the {@link ReplyGate}. Owned by the loop's
 * thread, {@link #gateMoved} apart.
 */
final class HeldReplies {
  /** How often it is looked whether some wait in vain, for the right to reply is lost. */
  private static final int CHECK_MILLIS = 100;

  private final IoLoop loop;
  private final ArrayList<Connection> waiting = new ArrayList<>();
  private @Nullable ReplyGate gate;
  private boolean checking;

  /** Whether any wait; written by the loop, read by any thread. */
  private volatile boolean any;

  HeldReplies(IoLoop loop) {
    this.loop = loop;
  }

  /** Set once, before any client. */
  void gate(ReplyGate newGate) {
    gate = newGate;
  }

  boolean isOpenFor(long offset) {
    ReplyGate current = gate;
    return current == null || current.isOpen(offset);
  }

  void add(Connection connection) {
    waiting.add(connection);
    any = true;
    checkLater();
    if (connection.mayReplyNow()) {
      // The gate moved before it could see that somebody waits.
      gateMoved();
    }
  }

  private void checkLater() {
    if (!checking && !waiting.isEmpty()) {
      checking = true;
      loop.eventLoop()
          .schedule(
              () -> {
                checking = false;
                release();
                checkLater();
              },
              CHECK_MILLIS,
              TimeUnit.MILLISECONDS);
    }
  }

  /** Replies may leave that waited. Safe from any thread. */
  void gateMoved() {
    if (any) {
      loop.send(this::release, null);
    }
  }

  private void release() {
    if (waiting.isEmpty()) {
      return;
    }
    loop.startTurn();
    List<Connection> asked = List.copyOf(waiting);
    waiting.clear();
    for (Connection connection : asked) {
      if (connection.awaitsGate()) {
        waiting.add(connection);
      }
    }
    any = !waiting.isEmpty();
  }
}
