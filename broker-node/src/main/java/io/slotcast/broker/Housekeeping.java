package io.slotcast.broker;

import io.slotcast.broker.command.ClientRegistry;
import io.slotcast.broker.command.ClientSweep;
import io.slotcast.broker.command.PauseGate;
import io.slotcast.broker.command.info.ProcessUsage;
import io.slotcast.broker.command.info.Traffic;
import io.slotcast.broker.config.ServerConfig;
import io.slotcast.broker.net.IoLoop;
import io.slotcast.broker.net.IoLoops;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a node does once a second, on its own loops. Ends with them. */
final class Housekeeping {
  private static final Logger log = LoggerFactory.getLogger(Housekeeping.class);

  private Housekeeping() {}

  static void start(
      IoLoops loops,
      ServerConfig config,
      ClientRegistry clients,
      PauseGate pause,
      Traffic traffic,
      ProcessUsage process) {
    for (IoLoop loop : loops.all()) {
      everySecond(loop, new ClientSweep(loop, config, clients, pause));
    }
    everySecond(
        loops.all().getFirst(),
        () -> {
          traffic.sample(System.nanoTime());
          process.sample();
        });
  }

  private static void everySecond(IoLoop loop, Runnable work) {
    Runnable guarded =
        () -> {
          try {
            work.run();
          } catch (RuntimeException bug) {
            // An exception that escapes would end the repetition.
            log.error("Housekeeping failed", bug);
          }
        };
    loop.eventLoop().scheduleAtFixedRate(guarded, 1, 1, TimeUnit.SECONDS);
  }
}
