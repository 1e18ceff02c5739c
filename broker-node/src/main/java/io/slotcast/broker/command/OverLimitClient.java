package io.slotcast.broker.command;

import io.slotcast.broker.net.ClientProtocol;
import io.slotcast.broker.net.Connection;
import io.slotcast.broker.resp.ProtocolException;
import io.slotcast.broker.resp.Request;
import io.slotcast.broker.resp.RequestLimits;
import io.slotcast.broker.resp.RespWriter;
import java.util.concurrent.TimeUnit;

/**
 * A connection over {@code maxclients}. Its first request tells whether it is another node of the
 * cluster, which is let in, since links between nodes must not depend on how many clients there
 * are; anything else, and silence for a second, is answered with Redis' error and closed.
 *
 * <p>Owned by the connection's loop.
 */
final class OverLimitClient implements ClientProtocol {
  private static final String LINK = "PEERLINK";
  private static final int PATIENCE_SECONDS = 1;

  private final Client client;
  private final Connection connection;

  OverLimitClient(Client client) {
    this.client = client;
    this.connection = client.connection();
    connection.loop().eventLoop().schedule(this::refuse, PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public RequestLimits limits() {
    return RequestLimits.UNAUTHENTICATED;
  }

  @Override
  public void onRequest(Request request) {
    if (!request.is(0, LINK)) {
      refuse();
      return;
    }
    client.onRequest(request);
    if (!connection.isClosing()) {
      connection.closeAfterReply();
    }
  }

  private void refuse() {
    if (!connection.isClosing()) {
      new RespWriter(connection.reply(), false).error("ERR max number of clients reached");
      connection.closeAfterReply();
    }
  }

  @Override
  public void onReadEnd() {
    client.onReadEnd();
  }

  @Override
  public void onProtocolError(ProtocolException error) {
    refuse();
  }

  @Override
  public void onClosed() {
    client.onClosed();
  }
}
