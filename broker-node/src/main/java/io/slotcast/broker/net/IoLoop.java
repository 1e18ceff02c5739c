package io.slotcast.broker.net;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.ThreadAwareExecutor;
import io.slotcast.broker.resp.GrowingSink;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * One event loop and what belongs to it: scratch memory, the connections to flush, and what other
 * loops sent here. At the end of each turn, after the sockets that were ready have been read, it
 * sends replies first, then deliveries, each connection's output in one write: a delivery's cost is
 * above all its share of a system call, so the number of writes is what counts.
 *
 * <p>Everything is owned by the loop's thread, the inboxes apart, which any thread may fill.
 */
public final class IoLoop {
  private static final int SCRATCH = 64 * 1024;
  private static final int KEPT_CHUNKS = 256;

  private final int index;
  private final Executor executor;
  private final ThreadAwareExecutor thread;
  private final LoopCounters counters = new LoopCounters();

  private IntPredicate replyGuard = slot -> true;
  private final HeldReplies heldReplies = new HeldReplies(this);
  private byte[] scratch = new byte[SCRATCH];
  private final GrowingSink frame = new GrowingSink(1024);
  private final ArrayDeque<byte[]> chunks = new ArrayDeque<>();
  private final ArrayList<Connection> replies = new ArrayList<>();
  private final FlushRound deliveries;
  private final FlushRound frames;
  private final ArrayList<Connection> closes = new ArrayList<>();
  private final ArrayList<IoLoop> toWake = new ArrayList<>();
  private final ArrayList<Runnable> atEnd = new ArrayList<>();
  private long millis;
  private boolean inTurn;
  private long turnStartNanos;

  private final Inbox messages = new Inbox();
  private final Inbox work = new Inbox();
  private final AtomicBoolean wakeScheduled = new AtomicBoolean();

  /**
   * @param deliveryGap between rounds of messages to subscribers
   * @param frameGap between rounds of frames to peers
   */
  IoLoop(int index, ThreadAwareExecutor thread, FlushGap deliveryGap, FlushGap frameGap) {
    this.index = index;
    this.thread = thread;
    this.executor = (Executor) thread;
    this.deliveries = new FlushRound(deliveryGap);
    this.frames = new FlushRound(frameGap);
  }

  /** Which loop of the node this is, from 0. */
  public int index() {
    return index;
  }

  /** Whether the caller runs on this loop's thread. */
  public boolean isCurrent() {
    return thread.isExecutorThread(Thread.currentThread());
  }

  /** The Netty side of this loop; safe from any thread. */
  public EventLoop eventLoop() {
    return (EventLoop) thread;
  }

  public LoopCounters counters() {
    return counters;
  }

  /** Wall-clock milliseconds, read once a turn. */
  public long millis() {
    if (!inTurn) {
      startTurn();
    }
    return millis;
  }

  /** The first work after the loop slept begins a turn. */
  public void startTurn() {
    if (!inTurn) {
      inTurn = true;
      millis = System.currentTimeMillis();
      turnStartNanos = System.nanoTime();
    }
  }

  /** Memory for one read, at least {@code length} long; its content ends with the read. */
  public byte[] scratch(int length) {
    if (scratch.length < length) {
      scratch = new byte[length];
    }
    return scratch;
  }

  /** A cleared sink in which to build one message at a time. */
  public GrowingSink frame() {
    frame.clear();
    return frame;
  }

  byte[] takeChunk() {
    byte[] chunk = chunks.pollLast();
    return chunk == null ? new byte[SocketOutput.CHUNK] : chunk;
  }

  void returnChunk(byte[] chunk) {
    if (chunks.size() < KEPT_CHUNKS) {
      chunks.addLast(chunk);
    }
  }

  void queueReplies(Connection connection) {
    replies.add(connection);
  }

  void queueDeliveries(Connection connection) {
    deliveries.add(connection);
  }

  /** A link to a peer asks to be flushed in this turn's round, or in a later one if they wait. */
  public void queueFrames(Outlet link) {
    frames.add(link);
  }

  void queueClose(Connection connection) {
    closes.add(connection);
  }

  /**
   * Asks {@code right}, from now on, whether a key command's reply may leave. Before any client.
   */
  public void guardReplies(IntPredicate right) {
    replyGuard = right;
  }

  boolean mayReply(int slot) {
    return replyGuard.test(slot);
  }

  HeldReplies heldReplies() {
    return heldReplies;
  }

  // ---- What other threads send here ----

  /**
   * Runs {@code action} on this loop, after what was sent before it. From another loop, the wake-up
   * is put off to the end of that loop's turn, so that it is one for all work of the turn. Safe
   * from any thread.
   *
   * @param from the caller's loop, or null if it is none
   */
  public void send(Runnable action, @Nullable IoLoop from) {
    work.add(action);
    wake(from);
  }

  /** As {@link #send}, for messages to this loop's subscribers; see {@link #receiveMessages}. */
  public void sendMessage(Runnable delivery, @Nullable IoLoop from) {
    messages.add(delivery);
    wake(from);
  }

  private void wake(@Nullable IoLoop from) {
    if (wakeScheduled.getAndSet(true)) {
      return;
    }
    if (from == null) {
      executor.execute(this::drain);
    } else {
      from.toWake.add(this);
    }
  }

  private void drain() {
    wakeScheduled.set(false);
    messages.run();
    work.run();
  }

  /**
   * Delivers the messages that were sent here up to now, and runs nothing else: a command may call
   * this, for what it must not see again after its reply. For the loop's thread.
   */
  public void receiveMessages() {
    messages.run();
  }

  // ---- The turn ----

  /** Runs {@code action} when the sockets that are ready now have been read; it must not wait. */
  void atEndOfTurn(Runnable action) {
    atEnd.add(action);
  }

  /** Whether output waits that the loop must not sleep on. */
  private boolean hasUrgentOutput() {
    return !replies.isEmpty() || !closes.isEmpty() || !toWake.isEmpty() || !atEnd.isEmpty();
  }

  /** Until when the loop may sleep for the sake of waiting output; Long.MAX_VALUE if none waits. */
  long flushDeadlineNanos() {
    long delivery = deliveries.deadlineNanos();
    long frame = frames.deadlineNanos();
    if (delivery == Long.MAX_VALUE || frame == Long.MAX_VALUE) {
      return Math.min(delivery, frame);
    }
    return delivery - frame < 0 ? delivery : frame;
  }

  void endTurn() {
    do {
      sendAll();
    } while (hasUrgentOutput());
    if (inTurn) {
      inTurn = false;
      long now = System.nanoTime();
      counters.countTurn(now - turnStartNanos, now);
    }
  }

  private void sendAll() {
    for (int i = 0; i < atEnd.size(); i++) {
      atEnd.get(i).run();
    }
    atEnd.clear();
    for (int i = 0; i < toWake.size(); i++) {
      IoLoop loop = toWake.get(i);
      loop.executor.execute(loop::drain);
    }
    toWake.clear();
    for (int i = 0; i < replies.size(); i++) {
      replies.get(i).flushReplies();
    }
    replies.clear();
    frames.flush();
    deliveries.flush();
    if (!closes.isEmpty()) {
      List<Connection> closing = List.copyOf(closes);
      closes.clear();
      closing.forEach(Connection::closeNow);
    }
  }

  /** Counts messages put into the outputs of this loop's subscribers. */
  public void countDeliveries(int messages) {
    deliveries.count(messages);
  }

  /** Counts frames put into the outputs of this loop's links to peers. */
  public void countFrames(int sent) {
    frames.count(sent);
  }
}
