package io.slotcast.broker.command;

import io.slotcast.broker.keyspace.KeyEvent;
import io.slotcast.broker.keyspace.Slot;
import io.slotcast.broker.keyspace.SlotKeys;
import io.slotcast.broker.keyspace.Value;
import io.slotcast.broker.keyspace.ValueType;
import io.slotcast.broker.net.IoLoop;
import io.slotcast.broker.resp.Request;
import io.slotcast.broker.resp.RespWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * One run of a command: who asked, with what arguments, and where the reply goes. It writes to a
 * sink, not to a socket, so that transactions and scripts can run commands as well. Valid until the
 * command returns.
 */
public final class Call {
  private final LongSupplier millis;
  private final RespWriter reply;
  private final CommandTable commands;
  private @Nullable Client client;
  private Request request = Request.of();
  private @Nullable Slot slot;

  /** For whom commands are run, which tells whether they may wait. */
  enum Mode {
    /** For a client that asks. */
    DIRECT,
    /** For EXEC, within whose reply nothing can wait. */
    QUEUED,
    /** Once more for a client that waits. */
    AGAIN,
    /** For nobody: what another node, or this one earlier, ran is repeated. */
    REPEATED
  }

  private final Mode mode;
  private @Nullable RegisteredCommand command;
  private boolean waits;
  private boolean changesKeys;

  /** What the command recorded as its effects; null while that is the request itself. */
  private @Nullable List<byte[][]> effects;

  /**
   * @param millis wall-clock milliseconds, the same all through a command
   */
  Call(LongSupplier millis, RespWriter reply, CommandTable commands, Mode mode) {
    this.mode = mode;
    this.millis = millis;
    this.reply = reply;
    this.commands = commands;
  }

  /**
   * @param caller null where the command is run for nobody
   */
  void begin(
      @Nullable Client caller,
      RegisteredCommand run,
      Request newRequest,
      @Nullable Slot lockedSlot) {
    client = caller;
    command = run;
    waits = false;
    request = newRequest;
    slot = lockedSlot;
    changesKeys = false;
    effects = null;
  }

  /**
   * Waits until one of the keys in arguments {@code first} to {@code last} changes and has a value
   * of that type, when the command is run again, or until the time is over. Nothing may have been
   * replied or changed, nor be after this. Within a transaction the time is over at once.
   *
   * @param millis how long to wait at most; 0 for ever
   * @param timeoutReply the reply when the time is over
   */
  public void waitForKeys(
      int first, int last, ValueType type, long millis, Consumer<RespWriter> timeoutReply) {
    waitForKeys(request, first, last, type, millis, timeoutReply);
  }

  /**
   * As above, but another request is run again, whose keys stand in the same arguments.
   *
   * @param type null: any change of the keys counts, even that one is gone
   */
  public void waitForKeys(
      Request again,
      int first,
      int last,
      @Nullable ValueType type,
      long millis,
      Consumer<RespWriter> timeoutReply) {
    switch (mode) {
      case QUEUED, REPEATED -> timeoutReply.accept(reply);
      case AGAIN -> waits = true;
      case DIRECT -> {
        waits = true;
        List<byte[]> keys = new ArrayList<>();
        for (int i = first; i <= last; i++) {
          keys.add(request.bytes(i));
        }
        client()
            .block(
                new BlockedClient(
                    client(),
                    Objects.requireNonNull(command),
                    again,
                    slot(),
                    keys,
                    type,
                    timeoutReply),
                millis);
      }
    }
  }

  /**
   * Replies later than the command returns; nothing may have been replied. What it goes on to do is
   * its own affair: no lock is held then, and no effect passed on.
   *
   * @throws CommandException within a transaction, whose reply cannot wait
   */
  public LaterReply replyLater() {
    if (mode != Mode.DIRECT) {
      throw new CommandException("ERR Command not allowed inside a transaction");
    }
    return new LaterReply(client(), Objects.requireNonNull(command));
  }

  /** Whether EXEC runs the command, so that it does not wait. */
  public boolean isInTransaction() {
    return mode == Mode.QUEUED;
  }

  /** Whether the command waits instead of having replied. */
  boolean waits() {
    return waits;
  }

  /** The client's loop, whose thread runs the command. */
  public IoLoop loop() {
    return client().loop();
  }

  public Client client() {
    if (client == null) {
      throw new IllegalStateException("no command runs");
    }
    return client;
  }

  public Request request() {
    return request;
  }

  public RespWriter reply() {
    return reply;
  }

  /** All commands of this node. */
  public CommandTable commands() {
    return commands;
  }

  /** Goes on in another protocol, this command's reply included. */
  public void useResp3(boolean wanted) {
    client().connection().useResp3(wanted);
    reply.bind(reply.sink(), wanted);
  }

  /** Sends this command's reply whatever CLIENT REPLY said before it. */
  public void replyAloud() {
    client().replyMode(Client.ReplyMode.ON);
    reply.bind(client().connection().reply(), client().connection().isResp3());
  }

  /** The slot of the command's keys or shard channels; its lock is held. */
  public Slot slot() {
    if (slot == null) {
      throw new IllegalStateException("a command without keys asked for its slot");
    }
    return slot;
  }

  /** Whether the command has a slot: one whose keys are optional may have none. */
  public boolean hasSlot() {
    return slot != null;
  }

  /** The keys of the command's slot. */
  public SlotKeys keys() {
    return slot().keys();
  }

  /** The value of the key in argument {@code i} for a command that only reads, or null. */
  public @Nullable Value readKey(int i) {
    return used(lookAtKey(i));
  }

  /** As {@link #readKey(int)}, for a command that does not use the value that it tells of. */
  public @Nullable Value lookAtKey(int i) {
    return keys().read(request.array(), request.offset(i), request.length(i), nowMillis());
  }

  private @Nullable Value used(@Nullable Value value) {
    if (value != null && (client == null || !client.isNoTouch())) {
      keys().use().again(value, nowMillis());
    }
    return value;
  }

  /** As {@link #readKey(int)}, for a command on one type of value. */
  public <V extends Value> @Nullable V readKey(int i, Class<V> type) {
    return checked(readKey(i), type);
  }

  /** The value of the key in argument {@code i} for a command that may write it, or null. */
  public @Nullable Value findKey(int i) {
    return used(keys().find(request.array(), request.offset(i), request.length(i), nowMillis()));
  }

  /** As {@link #findKey(int)}, for a command on one type of value. */
  public <V extends Value> @Nullable V findKey(int i, Class<V> type) {
    return checked(findKey(i), type);
  }

  private static <V extends Value> @Nullable V checked(@Nullable Value value, Class<V> type) {
    if (value != null && !type.isInstance(value)) {
      throw CommandException.wrongType();
    }
    return type.cast(value);
  }

  /** Stores a new value under the key in argument {@code i}. */
  public void putKey(int i, Value value) {
    keys().put(request.array(), request.offset(i), request.length(i), value);
    keys().use().first(value, nowMillis());
  }

  /** Removes the key in argument {@code i}; returns whether it was there. */
  public boolean removeKey(int i) {
    return keys().remove(request.array(), request.offset(i), request.length(i), nowMillis());
  }

  /** The command has changed the key in argument {@code i}; see {@link SlotKeys#changed}. */
  public void changed(int i) {
    changesKeys = true;
    keys().changed(request.array(), request.offset(i), request.length(i));
  }

  /** As {@link #changed(int)}, where those who listen to key events are told of the change. */
  public void changed(int i, KeyEvent event) {
    changed(i);
    happened(i, event);
  }

  /**
   * Elements of the value of the key in argument {@code i} were taken away; with the last of them
   * goes the key.
   */
  public void taken(int i, KeyEvent event, boolean isEmpty) {
    if (isEmpty) {
      removeKey(i);
    }
    changed(i, event);
    if (isEmpty) {
      happened(i, KeyEvent.DEL);
    }
  }

  /**
   * Stores what a command computed under the key in argument {@code i}, in place of what was there.
   *
   * @param result null if that is nothing: the key goes, if it was there
   */
  public void storeResult(int i, @Nullable Value result, KeyEvent event) {
    if (result != null) {
      putKey(i, result);
      changed(i, event);
    } else if (removeKey(i)) {
      changed(i, KeyEvent.DEL);
    }
  }

  /** Tells those who listen to key events what else happened to the key in argument {@code i}. */
  public void happened(int i, KeyEvent event) {
    keys().happened(event, request.array(), request.offset(i), request.length(i));
  }

  /** The key in argument {@code i} is looked at again at that time; see {@link SlotKeys#wakeAt}. */
  public void wakeKeyAt(int i, long millis) {
    keys().wakeAt(request.array(), request.offset(i), request.length(i), millis);
  }

  /**
   * Records what the command did, in place of the request itself, which is the effect of a command
   * that says nothing else and has changed a key; see {@link io.slotcast.broker.effect.EffectSink}.
   * Several are recorded in their order.
   */
  public void effect(byte[]... words) {
    noEffect();
    if (effects != null && slot().effects().isWanted()) {
      effects.add(words);
    }
  }

  /** The command has no effect beyond what it recorded by {@link #effect}. */
  public void noEffect() {
    if (effects == null) {
      effects = new ArrayList<>(1);
    }
  }

  /** Passes the command's effects on; the slot's lock is still held. */
  void passEffectsOn() {
    if (slot == null || !slot.effects().isWanted()) {
      return;
    }
    List<byte[][]> recorded = effects;
    if (recorded == null) {
      if (changesKeys) {
        slot.effects().append(request);
      }
    } else if (recorded.size() == 1 || mode == Mode.QUEUED) {
      recorded.forEach(slot.effects()::append);
    } else if (!recorded.isEmpty()) {
      slot.effects().begin();
      recorded.forEach(slot.effects()::append);
      slot.effects().end();
    }
  }

  /** Wall-clock milliseconds, the same all through the command. */
  public long nowMillis() {
    return millis.getAsLong();
  }

  /**
   * Whether a time until which a key or a field is to live is past, so that it goes at once. Not
   * while effects are repeated: another one says that it went.
   */
  public boolean isOver(long untilMillis) {
    return mode != Mode.REPEATED && untilMillis <= nowMillis();
  }

  /** An argument that must be a 64-bit integer. */
  public long longArgument(int i) {
    if (!request.isLong(i)) {
      throw CommandException.notAnInteger();
    }
    return request.toLong(i);
  }

  /** An argument that must be a 32-bit integer. */
  public int intArgument(int i) {
    long value = longArgument(i);
    if (value != (int) value) {
      throw new CommandException(
          "ERR value is out of range, value must between -2147483648 and 2147483647");
    }
    return (int) value;
  }
}
