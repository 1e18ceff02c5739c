package io.slotcast.broker.net;

import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Work that other threads left for one loop, in the order in which it came. */
final class Inbox {
  private static final Logger log = LoggerFactory.getLogger(Inbox.class);

  private List<Runnable> arrived = new ArrayList<>(); // guarded by this
  private List<Runnable> spare = new ArrayList<>(); // owned by the loop

  /** Whether something has arrived; written under the lock, read without. */
  private volatile boolean filled;

  synchronized void add(Runnable work) {
    arrived.add(work);
    filled = true;
  }

  private synchronized List<Runnable> take(List<Runnable> replacement) {
    List<Runnable> taken = arrived;
    arrived = replacement;
    filled = false;
    return taken;
  }

  /** Runs all that has come up to now; for the loop's thread. */
  void run() {
    if (!filled) {
      return;
    }
    List<Runnable> work = take(spare);
    spare = new ArrayList<>(0);
    for (int i = 0; i < work.size(); i++) {
      try {
        work.get(i).run();
      } catch (RuntimeException e) {
        log.error("Work sent to an event loop failed", e);
      }
    }
    work.clear();
    spare = work;
  }
}
