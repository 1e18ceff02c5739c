package io.slotcast.broker.command;

import io.slotcast.broker.keyspace.Slot;
import io.slotcast.broker.net.ClientProtocol;
import io.slotcast.broker.net.Connection;
import io.slotcast.broker.net.IoLoop;
import io.slotcast.broker.pubsub.Subscriptions;
import io.slotcast.broker.resp.ProtocolException;
import io.slotcast.broker.resp.Request;
import io.slotcast.broker.resp.RequestLimits;
import io.slotcast.router.Access;
import org.jspecify.annotations.Nullable;

/**
 * A client of this node: who it is and what it set with HELLO, AUTH, CLIENT and the like.
 *
 * <p>All fields are written by the connection's event loop alone. CLIENT LIST and INFO read them
 * from other threads without a lock, and may see values that are a moment old.
 */
public final class Client implements ClientProtocol {
  /** Whether replies are sent; see CLIENT REPLY. */
  public enum ReplyMode {
    ON,
    OFF,
    /** The next command's reply is not sent, then ON again. */
    SKIP_NEXT,
    /** The running command's reply is not sent. */
    SKIPPING
  }

  private final long id;
  private final Connection connection;
  private final Dispatcher dispatcher;
  private final ClientRegistry registry;
  private final Subscriptions subscriptions;
  private final long createdMillis;

  private boolean authenticated;
  private String user = "default";
  private String name = "";
  private String libraryName = "";
  private String libraryVersion = "";
  private boolean readOnly;
  private boolean asking;
  private boolean noEvict;
  private boolean noTouch;
  private ReplyMode replyMode = ReplyMode.ON;
  private long lastInteractionMillis;
  private long writeOffset;
  private int sweptInput;
  private long sweptOutput;
  private @Nullable RegisteredCommand lastCommand;
  private @Nullable Request postponed;

  /** Written by the connection's loop. */
  private volatile @Nullable BlockedClient blocked;

  /** Where it was told of all commands; null if it did not say MONITOR. */
  private @Nullable Monitors monitors;

  private final Transaction transaction = new Transaction();

  Client(long id, Connection connection, Dispatcher dispatcher, ClientRegistry registry) {
    this.id = id;
    this.connection = connection;
    this.dispatcher = dispatcher;
    this.registry = registry;
    this.subscriptions = new Subscriptions(connection);
    this.createdMillis = connection.loop().millis();
    this.lastInteractionMillis = createdMillis;
    this.authenticated = registry.needsNoPassword();
  }

  // ---- The connection's side ----

  @Override
  public RequestLimits limits() {
    return isAuthenticated() ? registry.limits() : RequestLimits.UNAUTHENTICATED;
  }

  @Override
  public void onRequest(Request request) {
    dispatcher.dispatch(this, request);
  }

  @Override
  public void onReadEnd() {
    dispatcher.endBatch();
  }

  @Override
  public void onProtocolError(ProtocolException error) {
    dispatcher.rejectProtocol(this, "ERR " + error.getMessage());
  }

  @Override
  public void onClosed() {
    endMonitoring();
    registry.closed(this);
    // Later, for a command may be running under a slot's lock.
    loop().send(transaction::discard, loop());
    BlockedClient waiting = blocked;
    if (waiting != null) {
      waiting.abandon();
    }
  }

  /** Ends the connection at once; nothing more reaches it. On its loop. */
  public void kill() {
    endMonitoring();
    connection.close();
    registry.closed(this);
  }

  /**
   * Puts the running request off: the connection reads no further until {@link #runPostponed}.
   * Called while the request runs, before anything was replied.
   */
  public void postpone(Request request) {
    postponed = request.copy();
    connection.suspend();
  }

  /** Runs the request that was put off, then goes on with the connection's next. */
  public void runPostponed() {
    Request request = postponed;
    if (request == null || connection.isClosing()) {
      return;
    }
    postponed = null;
    connection.resumeAfter(() -> dispatcher.dispatch(this, request));
  }

  public boolean isPostponed() {
    return postponed != null;
  }

  // ---- Who it is ----

  /** Unique in this node's lifetime, ascending. */
  public long id() {
    return id;
  }

  public Connection connection() {
    return connection;
  }

  public IoLoop loop() {
    return connection.loop();
  }

  public Subscriptions subscriptions() {
    return subscriptions;
  }

  /** What it waits for; null while it does not. */
  public @Nullable BlockedClient blocked() {
    return blocked;
  }

  /** Ends the wait for keys that another node serves by now. On its loop. */
  public void redirectIfMoved() {
    dispatcher.waiting().redirectIfMoved(this);
  }

  /** Waits for keys; on the connection's loop, under the lock of their slot. */
  void block(BlockedClient waiting, long millis) {
    blocked = waiting;
    waiting.begin(millis);
  }

  /** Waits no longer. */
  void unblocked() {
    blocked = null;
  }

  /** After READONLY, reads are at home on replicas as well. */
  Access accessFor(RegisteredCommand command) {
    boolean ofReplica = isReadOnly() && command.access() == Access.READ;
    return ofReplica ? Access.REPLICA_READ : command.access();
  }

  /** What it queued since MULTI, and what it watches. */
  public Transaction transaction() {
    return transaction;
  }

  /** EXEC: runs what is queued, and writes the reply. The transaction ends. */
  public void runTransaction() {
    dispatcher.runTransaction(this);
  }

  /** Subscribed in RESP2: the connection carries little else then. */
  public boolean isInSubscribedMode() {
    return !connection.isResp3() && subscriptions.total() > 0;
  }

  public long createdMillis() {
    return createdMillis;
  }

  /** Whether it may run commands: once it did, requirepass set later does not take it back. */
  public boolean isAuthenticated() {
    return authenticated || registry.needsNoPassword();
  }

  public void authenticated(String asUser) {
    authenticated = true;
    user = asUser;
  }

  /** As after connecting, its library and its subscriptions apart; see RESET. */
  public void reset() {
    authenticated = registry.needsNoPassword();
    user = "default";
    name = "";
    readOnly = false;
    asking = false;
    noEvict = false;
    noTouch = false;
    endMonitoring();
  }

  /** Whether it is told of all commands that run. */
  public boolean isMonitor() {
    return monitors != null;
  }

  /** It is told of all commands that run. */
  public void monitor(Monitors by) {
    monitors = by;
  }

  private void endMonitoring() {
    if (monitors != null) {
      monitors.remove(this);
      monitors = null;
    }
  }

  public String user() {
    return user;
  }

  public String name() {
    return name;
  }

  public void name(String newName) {
    name = newName;
  }

  public String libraryName() {
    return libraryName;
  }

  public void libraryName(String value) {
    libraryName = value;
  }

  public String libraryVersion() {
    return libraryVersion;
  }

  public void libraryVersion(String value) {
    libraryVersion = value;
  }

  /** READONLY was said. */
  public boolean isReadOnly() {
    return readOnly;
  }

  public void readOnly(boolean value) {
    readOnly = value;
  }

  /** Behind what it last wrote, in the stream of effects; 0 if it wrote nothing. */
  public long writeOffset() {
    return writeOffset;
  }

  void wrote(long offset) {
    writeOffset = offset;
  }

  /** ASKING was said just before. */
  public boolean isAsking() {
    return asking;
  }

  public void asking(boolean value) {
    asking = value;
  }

  public boolean isNoEvict() {
    return noEvict;
  }

  public void noEvict(boolean value) {
    noEvict = value;
  }

  public boolean isNoTouch() {
    return noTouch;
  }

  public void noTouch(boolean value) {
    noTouch = value;
  }

  public ReplyMode replyMode() {
    return replyMode;
  }

  public void replyMode(ReplyMode value) {
    replyMode = value;
  }

  /** Whether the running command's reply is not sent. */
  boolean isSilenced() {
    return replyMode != ReplyMode.ON && replyMode != ReplyMode.SKIP_NEXT;
  }

  /**
   * Changes keys of a slot under its lock, though no command runs. On its loop, between batches.
   */
  void change(Slot slot, Runnable change) {
    dispatcher.waiting().change(slot, change);
  }

  /** The reply now written tells of keys of that slot. */
  void repliedFor(Slot slot) {
    dispatcher.repliedFor(this, slot);
  }

  /** Where error replies are counted. */
  ErrorStatistics errors() {
    return dispatcher.errors();
  }

  public long lastInteractionMillis() {
    return lastInteractionMillis;
  }

  /** The last command, for CLIENT LIST; null before the first and after an unknown one. */
  public @Nullable RegisteredCommand lastCommand() {
    return lastCommand;
  }

  /**
   * Counts bytes that moved since the last call as a sign of life: a large argument may be long on
   * its way in, a large reply on its way out.
   */
  void noteProgress(long nowMillis) {
    int input = connection.pendingInput();
    long output = connection.pendingOutput();
    if (input != sweptInput || output != sweptOutput) {
      sweptInput = input;
      sweptOutput = output;
      lastInteractionMillis = nowMillis;
    }
  }

  void running(@Nullable RegisteredCommand command, long nowMillis) {
    lastCommand = command;
    lastInteractionMillis = nowMillis;
  }
}
