package io.slotcast.broker.config;

import io.slotcast.broker.config.Directive.Change;

/** What the operator wants of failover. */
public final class FailoverDirectives {
  public final Directive<Long> validityFactor;
  public final Directive<Boolean> noFailover;
  public final Directive<Boolean> mayMigrate;
  public final Directive<Long> migrationBarrier;

  FailoverDirectives(DirectiveTable table) {
    validityFactor =
        table.add(
            Section.CLUSTER,
            "cluster-replica-validity-factor",
            DirectiveTable.number(0, Integer.MAX_VALUE),
            10L,
            Change.AT_RUN_TIME,
            "A replica that heard nothing of its primary for so many times the node timeout is not"
                + " promoted by itself; 0 for no such limit.",
            "cluster-slave-validity-factor");
    noFailover =
        table.add(
            Section.CLUSTER,
            "cluster-replica-no-failover",
            new YesNoType(),
            false,
            Change.AT_RUN_TIME,
            "yes: this node does not become a primary by itself.",
            "cluster-slave-no-failover");
    mayMigrate =
        table.add(
            Section.CLUSTER,
            "cluster-allow-replica-migration",
            new YesNoType(),
            true,
            Change.AT_RUN_TIME,
            "Whether this node, as a replica, goes to a primary all of whose replicas have been"
                + " dead for 5 s. Never with `min-replicas-to-ack`.");
    migrationBarrier =
        table.add(
            Section.CLUSTER,
            "cluster-migration-barrier",
            DirectiveTable.number(0, Integer.MAX_VALUE),
            1L,
            Change.AT_RUN_TIME,
            "How many live replicas this node's primary must keep when it goes to another.");
  }
}
