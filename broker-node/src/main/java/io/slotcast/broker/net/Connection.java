package io.slotcast.broker.net;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandler;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.codec.DecoderException;
import io.slotcast.broker.resp.ByteSink;
import io.slotcast.broker.resp.ProtocolException;
import io.slotcast.broker.resp.RequestReader;
import java.io.IOException;
import java.net.SocketAddress;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One client's socket: bytes in become requests, replies and deliveries gather in one output that
 * its loop flushes once a turn. All methods are for the connection's event loop, unless they say
 * otherwise, and so are all fields.
 */
public final class Connection extends ChannelInboundHandlerAdapter implements Outlet {
  private static final Logger log = LoggerFactory.getLogger(Connection.class);

  /**
   * A client that does not read its replies is not read from either while more than the upper mark
   * waits for it, so that a pipeline cannot fill the memory.
   */
  static final WriteBufferWaterMark REPLY_BACKLOG = new WriteBufferWaterMark(32 << 20, 64 << 20);

  private final IoLoop loop;
  private final boolean tls;
  private final Function<Connection, ClientProtocol> protocolFactory;
  private final RequestReader reader = new RequestReader();
  private final UnparsedInput unparsed = new UnparsedInput();

  // Set once when the handler is added, before any other call.
  private @Nullable ChannelHandlerContext context;
  private @Nullable ClientProtocol protocol;
  private @Nullable SocketOutput output;

  private boolean reading;
  private boolean suspended;
  private boolean closing;
  private boolean closeAfterReply;
  private boolean handedOver;
  private @Nullable ChannelInboundHandler successor;
  private boolean resp3;
  private final ReplyHold hold = new ReplyHold();

  /** Replies wait at the {@link ReplyGate}. */
  private boolean held;

  private boolean queuedForReplies;
  private boolean queuedForDeliveries;
  private final OutputWatch outputWatch = new OutputWatch();
  private long maxPendingInput = Long.MAX_VALUE;

  public Connection(
      IoLoop loop, boolean tls, Function<Connection, ClientProtocol> protocolFactory) {
    this.loop = loop;
    this.tls = tls;
    this.protocolFactory = protocolFactory;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    context = added;
    output = new SocketOutput(loop, added);
    loop.counters().connectionsAccepted++;
    protocol = protocolFactory.apply(this);
  }

  private ChannelHandlerContext context() {
    if (context == null) {
      throw new IllegalStateException("not in a pipeline");
    }
    return context;
  }

  private SocketOutput output() {
    if (output == null) {
      throw new IllegalStateException("not in a pipeline");
    }
    return output;
  }

  private ClientProtocol protocol() {
    if (protocol == null) {
      throw new IllegalStateException("not in a pipeline");
    }
    return protocol;
  }

  /** Safe from any thread. */
  public IoLoop loop() {
    return loop;
  }

  /** Safe from any thread once the connection is made. */
  public Channel channel() {
    return context().channel();
  }

  public SocketAddress remoteAddress() {
    return channel().remoteAddress();
  }

  public SocketAddress localAddress() {
    return channel().localAddress();
  }

  public boolean isTls() {
    return tls;
  }

  public boolean isResp3() {
    return resp3;
  }

  /** Switches the protocol in which messages are delivered. */
  public void useResp3(boolean wanted) {
    resp3 = wanted;
  }

  public void limitOutput(OutputLimit newLimit) {
    outputWatch.limit(newLimit);
  }

  /** {@code client-query-buffer-limit}: more unparsed input than this closes the connection. */
  public void limitInput(long bytes) {
    maxPendingInput = bytes;
  }

  public boolean isClosing() {
    return closing;
  }

  /**
   * Gives the socket to another handler when this turn's input is handled. This connection counts
   * as closed from then on; what was read behind the current request goes to the successor.
   */
  public void handOver(ChannelInboundHandler newOwner) {
    successor = newOwner;
    closing = true;
  }

  private void completeHandOver(byte[] array, int from, int to) {
    ChannelInboundHandler newOwner = successor;
    successor = null;
    if (newOwner == null) {
      return;
    }
    ChannelHandlerContext ctx = context();
    output().release();
    protocol().onClosed();
    handedOver = true;
    ctx.pipeline().replace(this, null, newOwner);
    if (to > from) {
      ctx.pipeline()
          .fireChannelRead(ctx.alloc().buffer(to - from).writeBytes(array, from, to - from));
    }
  }

  // ---- Input ----

  @Override
  public void channelRead(ChannelHandlerContext ignored, Object message) {
    ByteBuf in = (ByteBuf) message;
    try {
      int length = in.readableBytes();
      loop.startTurn();
      loop.counters().bytesIn += length;
      if (closing || closeAfterReply) {
        return;
      }
      if (unparsed.isEmpty() && !suspended && !held) {
        byte[] scratch = loop.scratch(length);
        in.readBytes(scratch, 0, length);
        parse(scratch, length);
      } else {
        append(in, length);
      }
    } finally {
      in.release();
    }
  }

  private void append(ByteBuf in, int length) {
    if (unparsed.isTooMuch(length, maxPendingInput)) {
      log.info("Closing {}: over {} bytes of unfinished input", remoteAddress(), unparsed.length());
      close();
    } else {
      unparsed.append(in);
      parseUnparsed();
    }
  }

  /** Goes on with what waits, unless something keeps it waiting. */
  private void parseUnparsed() {
    if (!unparsed.isEmpty() && !reading && mayParse()) {
      parse(unparsed.array(), unparsed.length());
    }
  }

  /** Hands over every whole request in the array and keeps what is left. */
  private void parse(byte[] array, int length) {
    ClientProtocol receiver = protocol();
    int at = 0;
    reading = true;
    try {
      while (mayParse()) {
        int next = reader.read(array, at, length, receiver.limits());
        if (next < 0) {
          break;
        }
        at = next;
        if (reader.request().count() > 0) {
          receiver.onRequest(reader.request());
        }
      }
    } catch (ProtocolException error) {
      loop.counters().protocolErrors++;
      receiver.onProtocolError(error);
      closeAfterReply();
      at = length;
    } finally {
      reading = false;
      receiver.onReadEnd();
    }
    if (successor != null) {
      completeHandOver(array, at, length);
    }
    keep(array, at, length);
  }

  private boolean mayParse() {
    return !suspended && !held && !closing && !closeAfterReply && channel().isWritable();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    boolean writable = ctx.channel().isWritable();
    ctx.channel().config().setAutoRead(writable);
    if (writable) {
      loop.startTurn();
      parseUnparsed();
    }
  }

  private void keep(byte[] array, int from, int to) {
    if (closing || closeAfterReply) {
      unparsed.clear();
    } else {
      unparsed.keep(array, from, to);
    }
  }

  /** Bytes that have arrived and are not parsed yet. */
  public int pendingInput() {
    return unparsed.length();
  }

  /** The size of the buffer of unparsed bytes; 0 while there are none. */
  public int inputCapacity() {
    return unparsed.capacity();
  }

  /**
   * Handles no further request until {@link #resumeAfter}: what arrives waits. For a command whose
   * reply comes later, since replies keep the order of requests.
   */
  public void suspend() {
    suspended = true;
  }

  public boolean isSuspended() {
    return suspended;
  }

  /**
   * Runs {@code first}, the request that made the connection wait, and then those that waited
   * behind it.
   */
  public void resumeAfter(Runnable first) {
    if (closing) {
      return;
    }
    suspended = false;
    ClientProtocol receiver = protocol();
    reading = true;
    try {
      first.run();
    } finally {
      reading = false;
      receiver.onReadEnd();
    }
    parseUnparsed();
  }

  // ---- Output ----

  /** Where replies are written; the loop sends them at the end of its turn. */
  public ByteSink reply() {
    if (!queuedForReplies) {
      queuedForReplies = true;
      loop.queueReplies(this);
    }
    return output();
  }

  /**
   * The reply now written is to a command on a key of {@code slot}: it may leave only while this
   * node still has the right to serve that slot.
   */
  public void repliedFor(int slot) {
    hold.slot(slot);
  }

  /**
   * The reply now written tells of what ends at {@code offset} in the stream of effects: it leaves
   * when the loop's {@link ReplyGate} is open for that.
   */
  public void holdUntil(long offset) {
    hold.until(offset);
  }

  /** Whether the gate is open for the replies that wait. */
  boolean mayReplyNow() {
    return hold.isOpen(loop);
  }

  /** Sends what waited at the gate, if it may leave now; returns whether it waits on. */
  boolean awaitsGate() {
    if (closing || hold.verdict(loop) == ReplyHold.Verdict.WAIT) {
      return !closing;
    }
    held = false;
    flush();
    parseUnparsed();
    return false;
  }

  /**
   * Delivers a message: {@code head} in RESP2's form, and behind it {@code body} unless it is null.
   * The loop sends it at the end of its turn, or a little later in company of others.
   */
  public void deliver(byte[] head, int length, @Nullable ByteBuf body) {
    if (closing) {
      return;
    }
    SocketOutput out = output();
    out.writeMessage(head, length, resp3);
    if (body != null) {
      out.writeShared(body);
    }
    if (!queuedForDeliveries) {
      queuedForDeliveries = true;
      loop.queueDeliveries(this);
    }
    if (out.heldBytes() >= SocketOutput.CHUNK / 2 || body != null) {
      enforceLimit();
    }
  }

  /** How many bytes wait to be sent, Netty's included. */
  public long pendingOutput() {
    return output().pendingBytes();
  }

  /** Output that is gathered for the next flush. */
  public int gatheredOutput() {
    return output().heldBytes();
  }

  /** The size of the buffer in which output gathers; 0 while nothing waits. */
  public int outputCapacity() {
    return output().capacity();
  }

  /** How many buffers Netty holds that the socket has not taken. */
  public int queuedWrites() {
    return output().queuedWrites();
  }

  void flushReplies() {
    queuedForReplies = false;
    flush();
  }

  @Override
  public boolean flushDeliveries() {
    queuedForDeliveries = false;
    return flush();
  }

  private boolean flush() {
    SocketOutput out = output();
    if (closing) {
      return false;
    }
    if (!out.isPending()) {
      // A command that waits has not replied; what comes later may be no reply of the slot's.
      hold.clear();
      return false;
    }
    switch (hold.verdict(loop)) {
      case WAIT -> {
        awaitGate();
        return false;
      }
      case NEVER -> {
        log.warn("Closing {}: the lease ran out before a reply about {}", remoteAddress(), hold);
        close();
        return false;
      }
      case LEAVE -> {}
    }
    hold.clear();
    out.flush();
    if (closeAfterReply) {
      closeOnceSent();
    } else {
      enforceLimit();
    }
    return true;
  }

  /** Reads no further until the replies have left, so that a steady client cannot delay its own. */
  private void awaitGate() {
    if (!held) {
      held = true;
      loop.heldReplies().add(this);
    }
  }

  private void closeOnceSent() {
    closing = true;
    ChannelHandlerContext ctx = context();
    ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener(ChannelFutureListener.CLOSE);
  }

  /** Closes a connection that reads too slowly; called where its backlog grows, and each second. */
  public void enforceLimit() {
    if (closing || !outputWatch.isLimited()) {
      return;
    }
    long waiting = pendingOutput();
    if (outputWatch.isExceeded(waiting, loop.millis())) {
      loop.counters().outputLimitDisconnects++;
      log.warn(
          "Closing {}: {} bytes wait for it, over client-output-buffer-limit",
          remoteAddress(),
          waiting);
      close();
    }
  }

  /** Reads no further request, and closes when what is written so far is sent. */
  public void closeAfterReply() {
    if (!closeAfterReply) {
      closeAfterReply = true;
      reply();
    }
  }

  /** Closes at the end of the loop's turn; from now on nothing is delivered. */
  public void close() {
    if (!closing) {
      closing = true;
      loop.queueClose(this);
    }
  }

  void closeNow() {
    output().release();
    context().close();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    closing = true;
    unparsed.clear();
    output().release();
    if (!handedOver) {
      protocol().onClosed();
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof IOException || cause instanceof DecoderException) {
      log.debug("Connection {} failed: {}", ctx.channel().remoteAddress(), cause.getMessage());
    } else {
      log.error("Connection {} failed", ctx.channel().remoteAddress(), cause);
    }
    close();
  }
}
