package io.slotcast.broker.command;

import io.slotcast.broker.config.Directives;
import io.slotcast.broker.config.ServerConfig;
import io.slotcast.broker.net.IoLoop;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What must be looked at now and then in one loop's clients: whether they are idle for longer than
 * {@code timeout}, and whether they are over the soft limit of their output for too long.
 *
 * <p>Owned by its loop's thread.
 */
public final class ClientSweep implements Runnable {
  private static final Logger log = LoggerFactory.getLogger(ClientSweep.class);

  private final IoLoop loop;
  private final ServerConfig config;
  private final ClientRegistry clients;
  private final PauseGate pause;

  public ClientSweep(IoLoop loop, ServerConfig config, ClientRegistry clients, PauseGate pause) {
    this.loop = loop;
    this.config = config;
    this.clients = clients;
    this.pause = pause;
  }

  /** To be called once a second. */
  @Override
  public void run() {
    pause.tick();
    long now = loop.millis();
    long timeoutMillis = config.get(Directives.TIMEOUT).toMillis();
    for (Client client : clients.all()) {
      if (client.loop() == loop) {
        client.connection().enforceLimit();
        client.redirectIfMoved();
        client.noteProgress(now);
        if (isIdle(client, now, timeoutMillis)) {
          log.info("Closing idle client {}", client.connection().remoteAddress());
          client.kill();
        }
      }
    }
  }

  /** Subscribers are idle by nature, and a client that is made to wait is not idle by itself. */
  private static boolean isIdle(Client client, long now, long timeoutMillis) {
    return timeoutMillis > 0
        && client.subscriptions().total() == 0
        && !client.isPostponed()
        && client.blocked() == null
        && now - client.lastInteractionMillis() > timeoutMillis;
  }
}
