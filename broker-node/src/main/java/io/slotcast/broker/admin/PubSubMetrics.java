package io.slotcast.broker.admin;

import static io.slotcast.broker.admin.Metric.counter;
import static io.slotcast.broker.admin.Metric.gauge;

import io.slotcast.broker.pubsub.SubscriptionKind;
import java.util.List;
import java.util.Locale;

/** Messages published and delivered on this node. */
final class PubSubMetrics {
  private static final List<String> BY_KIND = List.of("kind");
  private static final String CLASSIC = "classic";
  private static final String SHARDED = "sharded";

  private PubSubMetrics() {}

  static MetricGroup group() {
    return new MetricGroup(
        "Pub/sub",
        List.of(
            counter(
                "slotcast_publishes_total",
                "Messages that clients of this node published.",
                BY_KIND,
                (node, into) -> {
                  into.add(node.total(loop -> loop.classicPublishes), CLASSIC);
                  into.add(node.total(loop -> loop.shardPublishes), SHARDED);
                }),
            counter(
                "slotcast_deliveries_total",
                "Messages handed to clients of this node, one for each receiver.",
                BY_KIND,
                (node, into) -> {
                  into.add(node.total(loop -> loop.classicDeliveries), CLASSIC);
                  into.add(node.total(loop -> loop.shardDeliveries), SHARDED);
                }),
            gauge(
                "slotcast_subscribed_channels",
                "Channels and patterns with at least one subscriber on this node.",
                BY_KIND,
                (node, into) -> {
                  for (SubscriptionKind kind : SubscriptionKind.values()) {
                    into.add(node.pubSub().count(kind), kind.name().toLowerCase(Locale.ROOT));
                  }
                })));
  }
}
