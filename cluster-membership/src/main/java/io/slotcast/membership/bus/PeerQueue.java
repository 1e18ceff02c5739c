package io.slotcast.membership.bus;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jgroups.Address;
import org.jgroups.BytesMessage;
import org.jgroups.JChannel;
import org.jgroups.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What waits to be sent to one node. A JGroups send can block, so one thread a peer does them, a
 * platform one as JGroups' own ({@link BusStack}); what finds the queue full is dropped, for every
 * control message is sent again if it matters.
 */
final class PeerQueue implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PeerQueue.class);
  private static final int CAPACITY = 256;

  private final JChannel channel;
  private final Address peer;
  private final LongAdder dropped;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  /** Guarded by {@code lock}. */
  private final Queue<Message> waiting = new ArrayDeque<>();

  /** Whether a message is on its way into JGroups. Guarded by {@code lock}. */
  private boolean sending;

  private final Thread sender;

  PeerQueue(JChannel channel, Address peer, LongAdder dropped) {
    this.channel = channel;
    this.peer = peer;
    this.dropped = dropped;
    sender = Thread.ofPlatform().daemon().name("bus-to-" + peer).start(this::drain);
  }

  /** Never blocks for longer than it takes to add to a queue. */
  void offer(byte[] bytes, Delivery delivery) {
    Message message = new BytesMessage(peer, bytes);
    if (delivery == Delivery.BEST_EFFORT) {
      message.setFlag(Message.Flag.NO_RELIABILITY);
    }
    lock.lock();
    try {
      if (waiting.size() < CAPACITY) {
        waiting.add(message);
        changed.signalAll();
      } else {
        dropped.increment();
      }
    } finally {
      lock.unlock();
    }
  }

  private void drain() {
    try {
      while (true) {
        // In order: a node that answers must know by then who asked.
        channel.send(next());
      }
    } catch (InterruptedException e) {
      LOG.debug("no more is sent to {}", peer);
    } catch (Exception e) {
      LOG.debug("cannot send to {}: the channel is going", peer, e);
    }
  }

  private Message next() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      sending = false;
      changed.signalAll();
      while (waiting.isEmpty()) {
        changed.await();
      }
      sending = true;
      return waiting.remove();
    } finally {
      lock.unlock();
    }
  }

  /** Waits until all that was offered is handed to JGroups, at most until {@code deadline}. */
  void awaitEmpty(long deadline) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      long left = deadline - System.nanoTime();
      while (left > 0 && (sending || !waiting.isEmpty())) {
        left = changed.awaitNanos(left);
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    sender.interrupt();
  }
}
