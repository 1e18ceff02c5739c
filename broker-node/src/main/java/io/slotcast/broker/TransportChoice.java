package io.slotcast.broker;

import io.slotcast.broker.config.Directives;
import io.slotcast.broker.config.ServerConfig;
import io.slotcast.broker.net.Transport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What {@code io-transport} means on this machine. */
final class TransportChoice {
  private static final Logger log = LoggerFactory.getLogger(TransportChoice.class);

  private TransportChoice() {}

  static Transport of(ServerConfig config) throws StartupException {
    Transport transport =
        switch (config.get(Directives.IO_TRANSPORT)) {
          case AUTO -> Transport.best();
          case EPOLL -> Transport.EPOLL;
          case IO_URING -> Transport.IO_URING;
          case NIO -> Transport.NIO;
        };
    if (!transport.isAvailable()) {
      throw new StartupException("io-transport: this machine has no " + transport);
    }
    if (transport == Transport.NIO) {
      log.info("No native transport is used: sockets run on NIO, which costs more per message");
    }
    return transport;
  }
}
