package io.slotcast.broker.command;

import io.slotcast.broker.keyspace.Slot;
import io.slotcast.broker.resp.GrowingSink;
import io.slotcast.broker.resp.RespWriter;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * The reply of a command that waits for something other than keys: another node, the register, a
 * disk. Its connection handles no further request until the reply is given, which any thread may
 * do, once; a connection that was closed meanwhile is not told. Made by {@link Call#replyLater()}.
 */
public final class LaterReply {
  private final Client client;
  private final ErrorStatistics errors;
  private final RegisteredCommand command;
  private final boolean resp3;
  private final boolean silent;
  private final AtomicBoolean given = new AtomicBoolean();

  /** On the client's loop, while the command runs. */
  LaterReply(Client client, RegisteredCommand command) {
    this.client = client;
    this.command = command;
    this.errors = client.errors();
    this.resp3 = client.connection().isResp3();
    this.silent = client.isSilenced();
    client.connection().suspend();
  }

  /** Gives the reply; the first call counts. */
  public void give(Consumer<RespWriter> reply) {
    if (given.compareAndSet(false, true)) {
      GrowingSink sink = new GrowingSink(64);
      reply.accept(new RespWriter(sink, resp3));
      byte[] bytes = sink.toBytes();
      client.loop().send(() -> client.connection().resumeAfter(() -> write(bytes)), null);
    }
  }

  /**
   * Changes keys of a slot under its lock; who waits for them tries again. To be called on the
   * client's loop, before the reply is given; the client may be gone.
   */
  public void change(Slot slot, Runnable change) {
    client.change(slot, change);
  }

  private void write(byte[] reply) {
    if (!silent) {
      client.connection().reply().write(reply, 0, reply.length);
    }
  }

  public void ok() {
    give(RespWriter::ok);
  }

  /**
   * Gives an error reply.
   *
   * @param text the whole of it but for the leading {@code -}
   */
  public void error(String text) {
    errors.count(text);
    command.statistics().failed();
    give(reply -> reply.error(text));
  }
}
