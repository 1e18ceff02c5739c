package io.slotcast.broker.net;

import io.slotcast.broker.resp.ProtocolException;
import io.slotcast.broker.resp.Request;
import io.slotcast.broker.resp.RequestLimits;

/** What stands behind a connection: called by its event loop alone. */
public interface ClientProtocol {
  /** How large the next request may be. */
  RequestLimits limits();

  /** One request has arrived. Its arguments are valid until this method returns. */
  void onRequest(Request request);

  /** All requests of one read were handed over: locks kept between them are to be let go. */
  void onReadEnd();

  /** The bytes are no request. The connection closes after what is written here is sent. */
  void onProtocolError(ProtocolException error);

  /** The connection is gone; called once. */
  void onClosed();
}
