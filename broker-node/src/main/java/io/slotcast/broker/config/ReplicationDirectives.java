package io.slotcast.broker.config;

import io.slotcast.broker.config.Directive.Change;
import java.time.Duration;

/** What the operator wants of replication. */
public final class ReplicationDirectives {
  public final Directive<Boolean> serveStaleData;
  public final Directive<Long> priority;
  public final Directive<Long> minToWrite;
  public final Directive<Duration> maxLag;
  public final Directive<Long> minToAck;
  public final Directive<Duration> timeout;
  public final Directive<Long> backlogSize;
  public final Directive<Duration> backlogTtl;

  ReplicationDirectives(DirectiveTable table, DirectivesForTools kept) {
    kept.text("masteruser", "");
    kept.keep("masterauth", new SecretType(), "");
    serveStaleData =
        table.add(
            Section.CLUSTER,
            "replica-serve-stale-data",
            new YesNoType(),
            true,
            Change.AT_RUN_TIME,
            "Whether a replica that does not follow its primary at the moment answers all the same.",
            "slave-serve-stale-data");
    kept.flag("replica-read-only", true, "slave-read-only");
    kept.flag("replica-lazy-flush", false, "slave-lazy-flush");
    kept.flag("replica-ignore-maxmemory", true, "slave-ignore-maxmemory");
    kept.flag("replica-ignore-disk-write-errors", false);
    kept.flag("replica-announced", true);
    priority =
        table.add(
            Section.CLUSTER,
            "replica-priority",
            DirectiveTable.number(0, Integer.MAX_VALUE),
            100L,
            Change.AT_RUN_TIME,
            "0: this node does not become a primary by itself.",
            "slave-priority");
    kept.text("replica-announce-ip", "", "slave-announce-ip");
    kept.number("replica-announce-port", 0, 65_535, 0, "slave-announce-port");
    minToWrite =
        table.add(
            Section.CLUSTER,
            "min-replicas-to-write",
            DirectiveTable.number(0, Integer.MAX_VALUE),
            0L,
            Change.AT_RUN_TIME,
            "A primary refuses writes while fewer replicas keep up; 0 for no such limit.",
            "min-slaves-to-write");
    maxLag =
        table.add(
            Section.CLUSTER,
            "min-replicas-max-lag",
            DirectiveTable.seconds(0, Integer.MAX_VALUE),
            Duration.ofSeconds(10),
            Change.AT_RUN_TIME,
            "Since when a replica may have said nothing to count for `min-replicas-to-write`.",
            "min-slaves-max-lag");
    minToAck =
        table.add(
            Section.OWN,
            "min-replicas-to-ack",
            DirectiveTable.number(0, Integer.MAX_VALUE),
            0L,
            Change.AT_RUN_TIME,
            "On so many replicas a write is before its reply leaves; 0: replies do not wait for any.");
    timeout =
        table.add(
            Section.CLUSTER,
            "repl-timeout",
            DirectiveTable.seconds(1, Integer.MAX_VALUE),
            Duration.ofSeconds(60),
            Change.AT_RUN_TIME,
            "A replica, or a primary, that is silent for so long is given up.");
    kept.number("repl-ping-replica-period", 1, Integer.MAX_VALUE, 10, "repl-ping-slave-period");
    backlogSize =
        table.add(
            Section.CLUSTER,
            "repl-backlog-size",
            DirectiveTable.memory(1),
            1L << 20,
            Change.AT_RUN_TIME,
            "How much of the stream of effects is kept for replicas that come back.");
    backlogTtl =
        table.add(
            Section.CLUSTER,
            "repl-backlog-ttl",
            DirectiveTable.seconds(0, Long.MAX_VALUE),
            Duration.ofHours(1),
            Change.AT_RUN_TIME,
            "A primary without replicas for so long keeps nothing for them; 0: it does for ever.");
    kept.flag("repl-disable-tcp-nodelay", false);
    kept.flag("repl-diskless-sync", true);
    kept.number("repl-diskless-sync-delay", 0, Integer.MAX_VALUE, 5);
    kept.number("repl-diskless-sync-max-replicas", 0, Integer.MAX_VALUE, 0);
    kept.choice("repl-diskless-load", "disabled", "disabled", "on-empty-db", "swapdb");
    kept.choice("propagation-error-behavior", "ignore", "ignore", "panic", "panic-on-replicas");
  }
}
