package io.slotcast.broker;

import io.netty.handler.ssl.SslContext;
import io.slotcast.broker.config.Directives;
import io.slotcast.broker.config.ServerConfig;
import io.slotcast.broker.net.BindAddress;
import io.slotcast.broker.net.ClientProtocol;
import io.slotcast.broker.net.Connection;
import io.slotcast.broker.net.IoLoops;
import io.slotcast.broker.net.Listener;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The ports that clients connect to, {@code port} and {@code tls-port}, on each bound address. */
final class ClientListeners implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ClientListeners.class);

  private final IoLoops loops;
  private final ServerConfig config;
  private final Function<Connection, ClientProtocol> protocol;
  private final List<Listener> listeners = new ArrayList<>();

  private ClientListeners(
      IoLoops loops, ServerConfig config, Function<Connection, ClientProtocol> protocol) {
    this.loops = loops;
    this.config = config;
    this.protocol = protocol;
  }

  /**
   * Opens all ports, or none.
   *
   * @param tls gives the TLS context for each new connection; null if there is no {@code tls-port}
   */
  static ClientListeners open(
      IoLoops loops,
      ServerConfig config,
      @Nullable Supplier<SslContext> tls,
      Function<Connection, ClientProtocol> protocol)
      throws StartupException {
    ClientListeners opened = new ClientListeners(loops, config, protocol);
    try {
      opened.listen(config.get(Directives.PORT), null);
      if (tls != null) {
        opened.listen(config.get(Directives.TLS_PORT), tls);
      }
      return opened;
    } catch (StartupException e) {
      opened.close();
      throw e;
    }
  }

  private void listen(int port, @Nullable Supplier<SslContext> tls) throws StartupException {
    if (port == 0) {
      return;
    }
    boolean hasAllOfIpv6 = false;
    for (BindAddress bind : allOfIpv6First(BindAddress.parse(config.get(Directives.BIND)))) {
      try {
        listeners.add(open(bind.withPort(port), tls));
        hasAllOfIpv6 |= bind.isAllOfIpv6();
      } catch (IOException e) {
        // On most systems a wildcard of IPv6 takes IPv4's port as well.
        boolean isCovered = hasAllOfIpv6 && bind.isWildcard();
        if (!bind.optional() && !isCovered) {
          throw StartupException.because("cannot listen on " + bind.host() + ":" + port, e);
        }
        log.debug("Not listening on {}: {}", bind, e.getMessage());
      }
    }
  }

  private static List<BindAddress> allOfIpv6First(List<BindAddress> addresses) {
    return addresses.stream().sorted(Comparator.comparing(each -> !each.isAllOfIpv6())).toList();
  }

  private Listener open(InetSocketAddress address, @Nullable Supplier<SslContext> tls)
      throws IOException {
    return Listener.open(
        loops,
        address,
        config.get(Directives.TCP_BACKLOG),
        () -> config.get(Directives.TCP_KEEPALIVE),
        tls,
        protocol);
  }

  /** Accepts nobody any more; connections that are open stay. */
  @Override
  public void close() {
    listeners.forEach(Listener::close);
  }
}
