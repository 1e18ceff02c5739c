package io.slotcast.router;

/**
 * What a node serves while the cluster is not whole; the directives of the same names.
 *
 * @param requireFullCoverage {@code cluster-require-full-coverage}: no key is served while a slot
 *     has no owner, or one whose whole shard is dead
 * @param allowReadsWhenDown {@code cluster-allow-reads-when-down}
 * @param allowShardChannelsWhenDown {@code cluster-allow-pubsubshard-when-down}
 */
public record RoutingPolicy(
    boolean requireFullCoverage, boolean allowReadsWhenDown, boolean allowShardChannelsWhenDown) {
  /** As in Redis: full coverage required, no reads while down, shard channels while down. */
  public static final RoutingPolicy DEFAULT = new RoutingPolicy(true, false, true);
}
