package io.slotcast.broker.command;

import io.slotcast.broker.keyspace.Slot;
import io.slotcast.broker.keyspace.Value;
import io.slotcast.broker.keyspace.ValueType;
import io.slotcast.broker.keyspace.Waiter;
import io.slotcast.broker.net.IoLoop;
import io.slotcast.broker.resp.GrowingSink;
import io.slotcast.broker.resp.Request;
import io.slotcast.broker.resp.RespWriter;
import java.util.List;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A client whose command waits for keys, and whose connection reads no further meanwhile. When one
 * of the keys changes, the command is run again by the thread that changed it, under the slot's
 * lock; its reply goes to the client's own loop.
 *
 * <p>It ends once: served, timed out, unblocked by another client, sent elsewhere, or gone. Who
 * ends it decides so under the slot's lock.
 */
public final class BlockedClient implements Waiter {
  private final Client client;
  private final RegisteredCommand command;
  private final Request request;
  private final Slot slot;
  private final List<byte[]> keys;

  /** Null: any change of a key counts, even that it is gone. */
  private final @Nullable ValueType type;

  private final Consumer<RespWriter> timeoutReply;
  private final boolean resp3;
  private final boolean silent;

  /** Guarded by the slot's lock. */
  private boolean ended;

  /** The connection was closed: nothing may be taken for it any more. Set by its loop. */
  private volatile boolean abandoned;

  /** Owned by the client's loop. */
  private @Nullable ScheduledFuture<?> timeout;

  BlockedClient(
      Client client,
      RegisteredCommand command,
      Request request,
      Slot slot,
      List<byte[]> keys,
      @Nullable ValueType type,
      Consumer<RespWriter> timeoutReply) {
    this.client = client;
    this.command = command;
    this.request = request.copy();
    this.slot = slot;
    this.keys = keys;
    this.type = type;
    this.timeoutReply = timeoutReply;
    this.resp3 = client.connection().isResp3();
    this.silent = client.isSilenced();
  }

  Client client() {
    return client;
  }

  RegisteredCommand command() {
    return command;
  }

  Request request() {
    return request;
  }

  Slot slot() {
    return slot;
  }

  boolean isResp3() {
    return resp3;
  }

  @Override
  public List<byte[]> keys() {
    return keys;
  }

  @Override
  public boolean wants(@Nullable Value value) {
    return !abandoned && (type == null || (value != null && value.type() == type));
  }

  // ---- On the client's loop ----

  /**
   * Begins to wait; the slot's lock is held.
   *
   * @param millis how long at most; 0 for ever
   */
  void begin(long millis) {
    slot.waiters().add(this);
    client.connection().suspend();
    if (millis > 0) {
      timeout = client.loop().eventLoop().schedule(this::timeOut, millis, TimeUnit.MILLISECONDS);
    }
  }

  private void timeOut() {
    if (end()) {
      resume(timedOut());
    }
  }

  private byte[] timedOut() {
    GrowingSink sink = new GrowingSink(16);
    timeoutReply.accept(new RespWriter(sink, resp3));
    return sink.toBytes();
  }

  /** The connection was closed. It is forgotten later, for a slot's lock may be held here. */
  void abandon() {
    abandoned = true;
    client.loop().send(this::end, client.loop());
  }

  /** What an owner took of its slot may leave only while it still serves that. */
  private void resumeServed(byte[] reply, boolean asOwner, long offset) {
    if (asOwner) {
      client.repliedFor(slot);
    }
    client.connection().holdUntil(offset);
    resume(reply);
  }

  private void resume(byte[] reply) {
    if (timeout != null) {
      timeout.cancel(false);
    }
    client.unblocked();
    client
        .connection()
        .resumeAfter(
            () -> {
              if (!silent) {
                client.connection().reply().write(reply, 0, reply.length);
              }
            });
  }

  // ---- From any thread ----

  /**
   * The command has run again, and this is its reply; the slot's lock is held.
   *
   * @param offset behind what the command did, in the stream of effects
   */
  void served(byte[] reply, long offset, IoLoop by) {
    ended = true;
    boolean asOwner = !slot.isPassive();
    client.loop().send(() -> resumeServed(reply, asOwner, offset), by);
  }

  /**
   * Ends the waiting with an error reply, or as if its time were over; returns false if it had
   * ended before. The caller holds no slot's lock.
   */
  public boolean unblock(@Nullable String error) {
    if (!end()) {
      return false;
    }
    byte[] reply = error == null ? timedOut() : error(error);
    client.loop().send(() -> resume(reply), null);
    return true;
  }

  private static byte[] error(String text) {
    GrowingSink sink = new GrowingSink(64);
    new RespWriter(sink, false).error(text);
    return sink.toBytes();
  }

  private boolean end() {
    slot.lock();
    try {
      if (ended) {
        return false;
      }
      ended = true;
      slot.waiters().remove(this);
      return true;
    } finally {
      slot.unlock();
    }
  }
}
