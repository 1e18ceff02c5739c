package io.slotcast.broker.command;

import io.slotcast.broker.cluster.ClusterView;
import io.slotcast.broker.keyspace.Eviction;
import io.slotcast.broker.keyspace.Slot;
import io.slotcast.broker.keyspace.SlotTable;
import io.slotcast.broker.keyspace.Watch;
import io.slotcast.broker.net.IoLoop;
import io.slotcast.broker.resp.Request;
import io.slotcast.broker.resp.RespWriter;
import io.slotcast.router.Access;
import io.slotcast.router.Keys;
import io.slotcast.router.Route;
import io.slotcast.router.SlotRouter;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes one loop's requests from name to reply: finds the command, checks arguments, rights and
 * state, routes it, and runs it under its slot's lock. Consecutive commands of a pipeline on one
 * slot keep the lock; it is let go before a command of another slot or of none, and at the end of
 * each read.
 *
 * <p>Owned by its loop's thread.
 */
public final class Dispatcher {
  private static final Logger log = LoggerFactory.getLogger(Dispatcher.class);

  private final IoLoop loop;
  private final CommandTable commands;
  private final ClusterView cluster;
  private final SlotTable slots;
  private final ErrorStatistics errors;
  private final PauseGate pause;
  private final RunObservers observers;
  private final Eviction eviction;
  private final Refusals refusals;
  private final DiscardingSink discarding = new DiscardingSink();
  private final RespWriter writer = new RespWriter(discarding, false);
  private final RequestKeys keys;
  private final Call call;

  /** For the commands that EXEC runs, while the other one is EXEC's own. */
  private final Call queuedCall;

  private final HeldSlot held = new HeldSlot();
  private final SlotsInTransit inTransit;
  private final WaitingClients waiting;

  /** When the last command of this batch ended; 0 where the batch has just begun. */
  private long lastNanos;

  public Dispatcher(
      IoLoop loop,
      CommandTable commands,
      ClusterView cluster,
      SlotTable slots,
      ErrorStatistics errors,
      PauseGate pause,
      RunObservers observers,
      Eviction eviction,
      Refusals refusals) {
    this.loop = loop;
    this.commands = commands;
    this.cluster = cluster;
    this.slots = slots;
    this.errors = errors;
    this.pause = pause;
    this.observers = observers;
    this.eviction = eviction;
    this.refusals = refusals;
    this.keys = new RequestKeys(this::isPresent);
    this.call = new Call(loop::millis, writer, commands, Call.Mode.DIRECT);
    this.queuedCall = new Call(loop::millis, writer, commands, Call.Mode.QUEUED);
    this.inTransit = new SlotsInTransit(cluster, slots, held);
    this.waiting = new WaitingClients(loop, commands, cluster, errors, held, inTransit);
  }

  /** Runs one request of {@code client}, whose connection is this loop's. */
  public void dispatch(Client client, Request request) {
    loop.counters().commands++;
    if (lastNanos == 0) {
      lastNanos = System.nanoTime();
    }
    bindReply(client);
    RegisteredCommand command = commands.find(request);
    client.running(command, loop.millis());
    if (command == null) {
      rejectUnknown(client, request);
      return;
    }
    String refusal = refusal(client, command, request);
    if (refusal != null) {
      refuse(client, command, refusal);
      return;
    }
    Slot slot = null;
    KeyFinder finder = command.keys();
    if (finder != null) {
      keys.fill(finder, request);
      Route route = route(client, command);
      if (inTransit.awaitOwner(route, keys.slot(0), client, request)) {
        return;
      }
      if (!(route instanceof Route.Local local)) {
        reject(client, command, Redirect.text(route, cluster, client));
        return;
      }
      slot = local.slot() < 0 ? null : slots.get(local.slot());
      if (slot != null && local.owned() && command.access() != Access.SHARD_CHANNEL) {
        client.connection().repliedFor(slot.number());
      }
    }
    if (eviction.isOver() && needsMemory(client, command) && !makeRoom()) {
      refuse(client, command, "OOM command not allowed when used memory > 'maxmemory'.");
      return;
    }
    if (client.isInSubscribedMode() && !SubscribedMode.allows(command)) {
      reject(client, command, SubscribedMode.refusal(command));
      return;
    }
    refusal = refusals.of(client, command);
    if (refusal != null) {
      refuse(client, command, refusal);
      return;
    }
    if (pause.mustWait(client, command)) {
      client.postpone(request);
      return;
    }
    if (client.transaction().isOpen() && command.queues()) {
      queue(client, command, request, slot != null);
    } else {
      run(client, command, request, slot);
    }
  }

  /** This loop's clients that wait for keys. */
  public WaitingClients waiting() {
    return waiting;
  }

  ErrorStatistics errors() {
    return errors;
  }

  private void refuse(Client client, RegisteredCommand command, String refusal) {
    if (command.isExec()) {
      String reason = refusal.startsWith("ERR ") ? refusal.substring(4) : refusal;
      reject(client, command, "EXECABORT Transaction discarded because of: " + reason);
      held.release();
      client.transaction().discard();
      client.asking(false);
    } else {
      reject(client, command, refusal);
    }
  }

  private static boolean needsMemory(Client client, RegisteredCommand command) {
    return command.spec().has(CommandFlag.DENYOOM)
        || (command.isExec() && client.transaction().needsMemory());
  }

  private boolean makeRoom() {
    held.release();
    return eviction.makeRoom(loop.millis());
  }

  private void queue(Client client, RegisteredCommand command, Request request, boolean hasKeys) {
    client.transaction().queue(command, request, hasKeys);
    writer.simple("QUEUED");
    nextReplyMode(client);
  }

  private void bindReply(Client client) {
    writer.bind(
        client.isSilenced() ? discarding : client.connection().reply(),
        client.connection().isResp3());
  }

  /** Why a command may not run, as an error reply; null if it may. */
  private @Nullable String refusal(Client client, RegisteredCommand command, Request request) {
    if (!command.spec().acceptsCount(request.count()) || command.needsSubcommand()) {
      return "ERR wrong number of arguments for '" + command.fullName() + "' command";
    }
    if (!client.isAuthenticated() && !command.spec().has(CommandFlag.NO_AUTH)) {
      return "NOAUTH Authentication required.";
    }
    if (client.transaction().isOpen() && command.isBarredFromTransactions()) {
      return "ERR Command not allowed inside a transaction";
    }
    return null;
  }

  /** By the keys that were found. */
  private Route route(Client client, RegisteredCommand command) {
    SlotRouter router = cluster.router();
    Access access = client.accessFor(command);
    Route route = router.route(keys, access, client.isAsking() || isAsking(command));
    // RESTORE-ASKING at the owner brings a key back that had gone to the other end already.
    boolean comesBack = route instanceof Route.Ask && isAsking(command);
    return comesBack ? router.route(keys.slot(0), access) : route;
  }

  private static boolean isAsking(RegisteredCommand command) {
    return command.spec().has(CommandFlag.ASKING);
  }

  /** Takes the slot's lock, so that what was found still holds when the command runs. */
  private boolean isPresent(int number, byte[] array, int offset, int length) {
    Slot slot = slots.get(number);
    held.hold(slot);
    return slot.keys().contains(array, offset, length, loop.millis());
  }

  private void run(Client client, RegisteredCommand command, Request request, @Nullable Slot slot) {
    held.hold(slot);
    if (slot != null && slot.isPassive() && command.access() == Access.WRITE) {
      reject(client, command, inTransit.notOurs(client, slot));
      return;
    }
    if (slot != null && slot.isHeld()) {
      inTransit.await(slot, client, request);
      return;
    }
    boolean wasAsking = client.isAsking();
    run(call, client, command, request, slot);
    if (client.isPostponed()) {
      return;
    }
    if (slot != null) {
      holdReply(client, slot);
      waiting.serve(slot);
    }
    if (wasAsking && !command.isAsking()) {
      endAsking(client);
    }
    nextReplyMode(client);
  }

  /** ASKING is for one command, or for the transaction that this command begins. */
  private static void endAsking(Client client) {
    if (!client.transaction().isOpen()) {
      client.asking(false);
    }
  }

  private void run(
      Call by, Client client, RegisteredCommand command, Request request, @Nullable Slot slot) {
    long writtenBefore = writer.sink().written();
    by.begin(client, command, request, slot);
    try {
      command.command().run(by);
      by.passEffectsOn();
      if (client.isPostponed()) {
        return;
      }
      if (slot != null && command.access() == Access.WRITE) {
        client.wrote(slot.effects().lastOffset());
      }
    } catch (CommandException error) {
      errors.count(error.text());
      command.statistics().failed();
      writer.error(error.text());
    } catch (RuntimeException bug) {
      log.error("Command {} failed", command.fullName(), bug);
      command.statistics().failed();
      writer.error("ERR internal error, see the log");
      // Half a reply may be written: the connection is of no use any more.
      client.connection().closeAfterReply();
    }
    long now = System.nanoTime();
    long took = now - lastNanos;
    lastNanos = now;
    command.statistics().ran(took);
    observers.ran(client, command, request, took);
    if (slot != null) {
      long replied = writer.sink().written() - writtenBefore;
      slot.usage().add(took, request.wireLength(), replied);
    }
  }

  /** What a command saw may leave once it is as durable as the reply says: see ReplyGate. */
  private static void holdReply(Client client, Slot slot) {
    client.connection().holdUntil(slot.effects().lastOffset());
  }

  /** The reply leaves only while this node owns the slot; one that comes here is another's yet. */
  void repliedFor(Client client, Slot slot) {
    if (!cluster.router().isImporting(slot.number())) {
      client.connection().repliedFor(slot.number());
    }
  }

  // ---- Transactions ----

  /**
   * Runs what {@code client} queued under the lock of its slot, and writes the reply of EXEC, whose
   * own call is under way and holds no lock.
   *
   * @throws CommandException if it was queued in vain; the transaction has ended all the same
   */
  void runTransaction(Client client) {
    Transaction transaction = client.transaction();
    Request exec = call.request();
    try {
      Slot slot = slotOf(client, transaction, exec);
      if (client.isPostponed()) {
        return;
      }
      if (transaction.isBroken()) {
        throw new CommandException("EXECABORT Transaction discarded because of previous errors.");
      }
      expireWatched(transaction);
      held.hold(slot);
      if (slot != null && slot.isPassive() && transaction.writes()) {
        throw new CommandException(inTransit.notOurs(client, slot));
      }
      if (slot != null && slot.isHeld()) {
        inTransit.await(slot, client, exec);
      } else if (transaction.isOutdated()) {
        writer.nilArray();
      } else {
        runQueued(client, transaction, slot);
      }
    } finally {
      held.release();
      if (!client.isPostponed()) {
        transaction.discard();
      }
    }
  }

  /** The one slot of all keys, which is served here; null if there are none, or EXEC waits. */
  private @Nullable Slot slotOf(Client client, Transaction transaction, Request exec) {
    int only = -1;
    Route elsewhere = null;
    for (Transaction.Queued queued : transaction.commands()) {
      KeyFinder finder = queued.command().keys();
      if (finder == null || !queued.hasKeys()) {
        continue;
      }
      keys.fill(finder, queued.request());
      if (only >= 0 && keys.slot(0) != only) {
        throw new CommandException(Redirect.text(new Route.CrossSlot(), cluster, client));
      }
      only = keys.slot(0);
      Route route = cluster.router().route(only, client.accessFor(queued.command()));
      if (!(route instanceof Route.Local) && elsewhere == null) {
        elsewhere = route;
      }
    }
    if (only >= 0 && cluster.topology().moveOf(only) != null) {
      Keys all = new TransactionKeys(transaction, this::isPresent);
      Route route = cluster.router().route(all, Access.WRITE, client.isAsking());
      elsewhere = route instanceof Route.Local ? null : route;
    }
    if (elsewhere != null && inTransit.awaitOwner(elsewhere, only, client, exec)) {
      return null;
    }
    if (elsewhere != null) {
      throw new CommandException(Redirect.text(elsewhere, cluster, client));
    }
    return only < 0 ? null : slots.get(only);
  }

  /** Watched keys whose time is over have changed, even if nobody has asked for them since. */
  private void expireWatched(Transaction transaction) {
    for (Watch watch : transaction.watches()) {
      held.hold(watch.slot());
      watch.slot().keys().find(watch.key(), 0, watch.key().length, loop.millis());
    }
  }

  private void runQueued(Client client, Transaction transaction, @Nullable Slot slot) {
    List<Transaction.Queued> commands = transaction.commands();
    if (slot != null && !slot.isPassive()) {
      repliedFor(client, slot);
    }
    writer.array(commands.size());
    try {
      beginUnit(slot);
      for (Transaction.Queued queued : commands) {
        boolean locksSlots = !queued.hasKeys() && queued.command().mayLockSlots();
        if (locksSlots) {
          // It runs alone, for a thread holds one slot's lock at a time.
          endUnit(slot);
          held.release();
        }
        run(queuedCall, client, queued.command(), queued.request(), queued.hasKeys() ? slot : null);
        if (locksSlots) {
          held.hold(slot);
          beginUnit(slot);
        }
      }
    } finally {
      endUnit(slot);
    }
    if (slot != null) {
      if (transaction.writes()) {
        client.wrote(slot.effects().lastOffset());
      }
      holdReply(client, slot);
      waiting.serve(slot);
    }
  }

  private static void beginUnit(@Nullable Slot slot) {
    if (slot != null) {
      slot.effects().begin();
    }
  }

  private static void endUnit(@Nullable Slot slot) {
    if (slot != null) {
      slot.effects().end();
    }
  }

  /** CLIENT REPLY SKIP silences the command after it, and no other. */
  private static void nextReplyMode(Client client) {
    switch (client.replyMode()) {
      case SKIP_NEXT -> client.replyMode(Client.ReplyMode.SKIPPING);
      case SKIPPING -> client.replyMode(Client.ReplyMode.ON);
      case ON, OFF -> {}
    }
  }

  /** A command that does not run uses up ASKING and CLIENT REPLY SKIP all the same. */
  private void reject(Client client, @Nullable RegisteredCommand command, String text) {
    errors.count(text);
    client.transaction().fail();
    if (command != null) {
      command.statistics().rejected();
    }
    writer.error(text);
    endAsking(client);
    nextReplyMode(client);
  }

  private void rejectUnknown(Client client, Request request) {
    if (UnknownCommand.isHttp(request)) {
      log.warn(
          "Closing {}: it speaks HTTP, perhaps for a page that a browser was lured to",
          client.connection().remoteAddress());
      client.connection().close();
      return;
    }
    reject(client, null, UnknownCommand.text(commands, request));
  }

  /** Bytes that are no request: the connection closes after this reply. */
  void rejectProtocol(Client client, String text) {
    bindReply(client);
    errors.count(text);
    writer.error(text);
  }

  /** The requests of one read are done. */
  void endBatch() {
    held.release();
    lastNanos = 0;
  }
}
