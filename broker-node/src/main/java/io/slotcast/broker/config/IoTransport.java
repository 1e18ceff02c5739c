package io.slotcast.broker.config;

/** How sockets are driven; AUTO is epoll where there is one, else NIO. */
public enum IoTransport {
  AUTO,
  EPOLL,
  IO_URING,
  NIO
}
