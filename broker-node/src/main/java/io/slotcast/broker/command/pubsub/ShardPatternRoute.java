package io.slotcast.broker.command.pubsub;

import io.slotcast.broker.cluster.ClusterView;
import io.slotcast.broker.command.Client;
import io.slotcast.broker.command.CommandException;
import io.slotcast.broker.command.Redirect;
import io.slotcast.broker.pubsub.ShardPattern;
import io.slotcast.router.Access;
import io.slotcast.router.Keys;
import io.slotcast.router.Route;
import java.util.List;

/**
 * Routes SPSUBSCRIBE: patterns whose hash tag fixes their slot go where that slot's channels are,
 * as SSUBSCRIBE does; any other pattern may be asked of every node. The dispatcher cannot do this,
 * since a key specification cannot say which arguments have a slot.
 */
final class ShardPatternRoute {
  private final ClusterView cluster;

  ShardPatternRoute(ClusterView cluster) {
    this.cluster = cluster;
  }

  /**
   * @throws CommandException with the redirect, if one of the patterns does not belong here
   */
  void check(List<byte[]> patterns, Client client) {
    int[] slots =
        patterns.stream()
            .mapToInt(ShardPattern::slotOf)
            .filter(slot -> slot != ShardPattern.LOOSE)
            .toArray();
    Route route = cluster.router().route(new FixedSlots(slots), Access.SHARD_CHANNEL, false);
    if (!(route instanceof Route.Local)) {
      throw new CommandException(Redirect.text(route, cluster, client));
    }
  }

  private record FixedSlots(int[] slots) implements Keys {
    @Override
    public int count() {
      return slots.length;
    }

    @Override
    public int slot(int i) {
      return slots[i];
    }

    @Override
    public boolean isPresent(int i) {
      return false;
    }
  }
}
