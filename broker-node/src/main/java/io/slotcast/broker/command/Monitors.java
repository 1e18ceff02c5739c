package io.slotcast.broker.command;

import io.slotcast.broker.bytes.QuotedText;
import io.slotcast.broker.resp.Request;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The clients that said MONITOR: each is told of every command that runs on this node, but for
 * those that administer it. Safe from any thread.
 */
public final class Monitors {
  private final InstantSource clock;
  private final List<Client> clients = new CopyOnWriteArrayList<>();

  public Monitors(InstantSource clock) {
    this.clock = clock;
  }

  /** From now on the client is told. */
  public void add(Client client) {
    clients.add(client);
  }

  void remove(Client client) {
    clients.remove(client);
  }

  /** A command has run; on the loop of the client that sent it. */
  void ran(Client client, RegisteredCommand command, Request request) {
    if (clients.isEmpty()
        || command.spec().has(CommandFlag.ADMIN)
        || command.spec().has(CommandFlag.SKIP_MONITOR)) {
      return;
    }
    byte[] line = line(client, command, request);
    for (Client monitor : clients) {
      if (monitor.loop() == client.loop()) {
        monitor.connection().deliver(line, line.length, null);
      } else {
        monitor
            .loop()
            .send(() -> monitor.connection().deliver(line, line.length, null), client.loop());
      }
    }
  }

  private byte[] line(Client client, RegisteredCommand command, Request request) {
    Instant now = clock.instant();
    StringBuilder line = new StringBuilder("+");
    line.append(now.getEpochSecond()).append('.');
    line.append("%06d".formatted(now.getNano() / 1_000));
    line.append(" [0 ").append(ClientAddress.remote(client)).append(']');
    List<byte[]> arguments =
        ShownArguments.of(command.command(), request, Integer.MAX_VALUE, Integer.MAX_VALUE);
    arguments.forEach(argument -> line.append(' ').append(QuotedText.of(argument)));
    return line.append("\r\n").toString().getBytes(StandardCharsets.US_ASCII);
  }
}
