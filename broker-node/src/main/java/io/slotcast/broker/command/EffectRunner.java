package io.slotcast.broker.command;

import io.slotcast.broker.effect.EffectSink;
import io.slotcast.broker.keyspace.Slot;
import io.slotcast.broker.keyspace.SlotTable;
import io.slotcast.broker.resp.ProtocolException;
import io.slotcast.broker.resp.Request;
import io.slotcast.broker.resp.RequestLimits;
import io.slotcast.broker.resp.RequestReader;
import io.slotcast.broker.resp.RespWriter;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.IntPredicate;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Repeats effects that lie in memory as requests, one behind the other: what a primary sent, what
 * an append-only file holds, a slot that moves here. A transaction, MULTI to EXEC, runs under one
 * hold of its slot's lock, and only when it is all there. Nothing that runs here is an effect of
 * its own, and no client is behind it; those who wait for keys are served.
 *
 * <p>Consecutive effects of one slot keep its lock, up to the end of a {@link #run}. Owned by the
 * thread that calls it, which holds no slot's lock.
 */
public final class EffectRunner {
  /** Of a unit without keys. */
  public static final int NO_SLOT = -1;

  private static final RequestLimits LIMITS =
      new RequestLimits(Integer.MAX_VALUE, Integer.MAX_VALUE);

  private final CommandTable commands;
  private final SlotTable slots;
  private final IntPredicate wanted;
  private final EffectSink repeated;
  private final Consumer<Slot> serveWaiters;
  private final BiConsumer<String, String> failed;
  private final RequestReader reader = new RequestReader();
  private final RequestKeys keys = new RequestKeys((slot, array, offset, length) -> true);
  private final RespWriter noReply = new RespWriter(new DiscardingSink(), false);
  private final Call call;

  /** How far the end of a transaction was looked for, from its MULTI on; 0 outside of one. */
  private int searched;

  private @Nullable Slot heldSlot;

  /** Of the unit that is being repeated. */
  private int unitSlot = NO_SLOT;

  private long ran;

  /**
   * @param millis wall-clock milliseconds
   * @param wanted which slots' effects are to be repeated; those of others are passed over
   * @param repeated given each unit after it ran, or was passed over: then no lock is held
   * @param serveWaiters lets those who wait for keys of a slot try again; its lock is held
   * @param failed told of a command that replied an error, by its name and the error's text: the
   *     keys here are not those that it ran on before
   */
  public EffectRunner(
      CommandTable commands,
      SlotTable slots,
      LongSupplier millis,
      IntPredicate wanted,
      EffectSink repeated,
      Consumer<Slot> serveWaiters,
      BiConsumer<String, String> failed) {
    this.commands = commands;
    this.slots = slots;
    this.wanted = wanted;
    this.repeated = repeated;
    this.serveWaiters = serveWaiters;
    this.failed = failed;
    this.call = new Call(millis, noReply, commands, Call.Mode.REPEATED);
  }

  /** How many effects were repeated so far. */
  public long ran() {
    return ran;
  }

  /**
   * Repeats all effects and whole transactions from {@code from} on.
   *
   * @return the position behind the last: the caller comes again with what is left there, from its
   *     first byte, and more behind it
   * @throws ProtocolException if the bytes are no requests; the runner is of no use after it
   */
  public int run(byte[] array, int from, int to) throws ProtocolException {
    int at = from;
    try {
      int next;
      while ((next = unit(array, at, to)) >= 0) {
        at = next;
      }
    } finally {
      hold(null);
    }
    return at;
  }

  /** Repeats an effect or a transaction; returns the position behind it, -1 if it is not whole. */
  private int unit(byte[] array, int from, int to) throws ProtocolException {
    if (searched == 0) {
      int next = reader.read(array, from, to, LIMITS);
      if (next < 0) {
        return -1;
      }
      Request request = reader.request();
      if (request.count() != 1 || !request.is(0, "MULTI")) {
        if (request.count() > 0) {
          repeat(request);
          end(array, from, next);
        }
        return next;
      }
      searched = next - from;
    }
    return transaction(array, from, to);
  }

  private int transaction(byte[] array, int from, int to) throws ProtocolException {
    int next;
    while ((next = reader.read(array, from + searched, to, LIMITS)) >= 0) {
      searched = next - from;
      if (reader.request().count() == 1 && reader.request().is(0, "EXEC")) {
        break;
      }
    }
    if (next < 0) {
      return -1;
    }
    searched = 0;
    int at = reader.read(array, from, to, LIMITS);
    while (at < next) {
      at = reader.read(array, at, next, LIMITS);
      if (at < next && reader.request().count() > 0) {
        repeat(reader.request());
      }
    }
    end(array, from, next);
    return next;
  }

  private void end(byte[] array, int from, int to) {
    repeated.unit(unitSlot, array, from, to - from);
    serve();
  }

  private void repeat(Request request) {
    unitSlot = NO_SLOT;
    RegisteredCommand command = commands.find(request);
    if (command == null) {
      fail(request.text(0), "ERR unknown command");
      return;
    }
    KeyFinder finder = command.keys();
    if (finder == null) {
      withoutKeys(command, request);
      return;
    }
    keys.fill(finder, request);
    if (keys.count() == 0) {
      fail(command.fullName(), "ERR no keys");
      return;
    }
    unitSlot = keys.slot(0);
    if (wanted.test(unitSlot)) {
      Slot slot = slots.get(unitSlot);
      hold(slot);
      run(command, request, slot);
    } else {
      hold(null);
    }
  }

  private void run(RegisteredCommand command, Request request, Slot slot) {
    ran++;
    call.begin(null, command, request, slot);
    try {
      command.command().run(call);
    } catch (CommandException error) {
      fail(command.fullName(), error.text());
    }
  }

  /** What Redis writes into its append-only files and sends to replicas, besides writes to keys. */
  private void withoutKeys(RegisteredCommand command, Request request) {
    switch (command.fullName()) {
      case "ping" -> {}
      case "select" -> {
        if (request.count() != 2 || !request.is(1, "0")) {
          fail("select", "ERR there is one database only, 0");
        }
      }
      case "flushall", "flushdb" -> {
        hold(null);
        ran++;
        slots.forEach(this::clear);
      }
      default -> fail(command.fullName(), "ERR not an effect");
    }
  }

  private void clear(Slot slot) {
    if (wanted.test(slot.number())) {
      slot.repeating(true);
      slot.keys().clear();
      slot.repeating(false);
    }
  }

  private void fail(String command, String error) {
    failed.accept(command, error);
  }

  /** What was repeated may be what clients wait for, who see what there is as any client does. */
  private void serve() {
    Slot slot = heldSlot;
    if (slot != null && slot.waiters().isDue()) {
      slot.repeating(false);
      serveWaiters.accept(slot);
      slot.repeating(true);
    }
  }

  private void hold(@Nullable Slot slot) {
    Slot held = heldSlot;
    if (held == slot) {
      return;
    }
    if (held != null) {
      held.repeating(false);
      held.unlock();
      heldSlot = null;
    }
    if (slot != null) {
      slot.lock();
      heldSlot = slot;
      slot.repeating(true);
    }
  }
}
