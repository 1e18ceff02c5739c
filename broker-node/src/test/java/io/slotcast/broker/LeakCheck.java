package io.slotcast.broker;

import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Fails a test class in which a Netty buffer was collected that nobody had released. JUnit finds it
 * by itself for every class, here and in whatever module has these tests on its class path.
 */
public final class LeakCheck implements BeforeAllCallback, AfterAllCallback {
  private static final Queue<String> LEAKS = new ConcurrentLinkedQueue<>();
  private static final int COLLECTION_MILLIS = 5_000;

  @Override
  public void beforeAll(ExtensionContext context) {
    ByteBufUtil.setLeakListener(
        (type, records) -> LEAKS.add(type + " was not released." + records));
  }

  @Override
  public void afterAll(ExtensionContext context) throws InterruptedException {
    // What the first collection finds is queued as a whole before what the second one finds.
    collectGarbage();
    collectGarbage();
    // The detector looks at what was collected whenever a buffer is made.
    ByteBufAllocator.DEFAULT.buffer().release();
    if (!LEAKS.isEmpty()) {
      String leaks = String.join("\n", LEAKS);
      LEAKS.clear();
      throw new AssertionError(leaks);
    }
  }

  /** Returns when something that could be collected just now has been, and its reference queued. */
  private static void collectGarbage() throws InterruptedException {
    ReferenceQueue<Object> queue = new ReferenceQueue<>();
    Reference<Object> last = new PhantomReference<>(new Object(), queue);
    System.gc();
    if (queue.remove(COLLECTION_MILLIS) != last) {
      throw new AssertionError("no garbage was collected");
    }
  }
}
