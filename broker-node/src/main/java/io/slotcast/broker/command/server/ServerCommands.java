package io.slotcast.broker.command.server;

import io.slotcast.broker.cluster.ClusterView;
import io.slotcast.broker.command.Command;
import io.slotcast.broker.command.RunObservers;
import io.slotcast.broker.keyspace.SlotTable;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;

/** The server family, but for COMMAND, CONFIG and INFO, which have packages of their own. */
public final class ServerCommands {
  private ServerCommands() {}

  /**
   * @param shutdown what SHUTDOWN does; returns at once
   */
  public static List<Command> all(
      SlotTable slots,
      ClusterView cluster,
      InstantSource clock,
      RunObservers observers,
      Consumer<SavingAtEnd> shutdown) {
    return List.of(
        new DbSize(slots),
        new Flush("flushall", slots, cluster),
        new Flush("flushdb", slots, cluster),
        LatencyHistogram.container(),
        new Monitor(observers.monitors()),
        new Shutdown(shutdown),
        SlowLogCommands.container(observers.slowLog()),
        new Time(clock));
  }
}
