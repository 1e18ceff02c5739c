package io.slotcast.membership.bus;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.LongAdder;
import org.jgroups.Address;
import org.jgroups.BytesMessage;
import org.jgroups.JChannel;
import org.jgroups.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What waits to be sent to one node. A JGroups send can block, so one virtual thread a peer does
 * them; what finds the queue full is dropped, for every control message is sent again if it
 * matters.
 */
final class PeerQueue implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(PeerQueue.class);
  private static final int CAPACITY = 256;

  private final JChannel channel;
  private final Address peer;
  private final BlockingQueue<byte[]> waiting = new ArrayBlockingQueue<>(CAPACITY);
  private final LongAdder dropped;
  private final Thread sender;

  PeerQueue(JChannel channel, Address peer, LongAdder dropped) {
    this.channel = channel;
    this.peer = peer;
    this.dropped = dropped;
    sender = Thread.ofVirtual().name("bus-to-" + peer).start(this::drain);
  }

  /** Never blocks. */
  void offer(byte[] message) {
    if (!waiting.offer(message)) {
      dropped.increment();
    }
  }

  private void drain() {
    try {
      while (true) {
        byte[] message = waiting.take();
        // Out of band: no message of ours relies on the order of two, so none waits for another.
        channel.send(new BytesMessage(peer, message).setFlag(Message.Flag.OOB));
      }
    } catch (InterruptedException e) {
      LOG.debug("no more is sent to {}", peer);
    } catch (Exception e) {
      LOG.debug("cannot send to {}: the channel is going", peer, e);
    }
  }

  @Override
  public void close() {
    sender.interrupt();
  }
}
