package io.slotcast.broker;

import io.slotcast.broker.cluster.ClusterView;
import io.slotcast.broker.config.Directive;
import io.slotcast.broker.config.Directives;
import io.slotcast.broker.config.ServerConfig;
import io.slotcast.membership.ClusterMembership;
import io.slotcast.router.RoutingPolicy;
import java.util.List;

/** What the directives mean for where commands go, and for how nodes are named to clients. */
final class RoutingDirectives {
  private static final List<Directive<Boolean>> POLICY =
      List.of(
          Directives.CLUSTER_REQUIRE_FULL_COVERAGE,
          Directives.CLUSTER_ALLOW_READS_WHEN_DOWN,
          Directives.CLUSTER_ALLOW_PUBSUBSHARD_WHEN_DOWN);

  private RoutingDirectives() {}

  /** The cluster seen as the configuration wants it, from now on as well. */
  static ClusterView follow(ServerConfig config, ClusterMembership membership) {
    ClusterView cluster =
        new ClusterView(
            membership, policy(config), config.get(Directives.CLUSTER_PREFERRED_ENDPOINT_TYPE));
    POLICY.forEach(directive -> config.onChange(directive, value -> cluster.use(policy(config))));
    config.onChange(Directives.CLUSTER_PREFERRED_ENDPOINT_TYPE, cluster::use);
    return cluster;
  }

  private static RoutingPolicy policy(ServerConfig config) {
    return new RoutingPolicy(
        config.get(Directives.CLUSTER_REQUIRE_FULL_COVERAGE),
        config.get(Directives.CLUSTER_ALLOW_READS_WHEN_DOWN),
        config.get(Directives.CLUSTER_ALLOW_PUBSUBSHARD_WHEN_DOWN));
  }
}
