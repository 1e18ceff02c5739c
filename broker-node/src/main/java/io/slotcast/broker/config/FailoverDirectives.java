package io.slotcast.broker.config;

import io.slotcast.broker.config.Directive.Change;

/** What the operator wants of failover. */
public final class FailoverDirectives {
  public final Directive<Long> validityFactor;
  public final Directive<Boolean> noFailover;

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
  }
}
