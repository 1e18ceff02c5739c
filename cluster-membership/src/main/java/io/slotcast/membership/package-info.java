/**
 * Who is alive and who owns what.
 *
 * <p>The broker sees {@link io.slotcast.membership.ClusterMembership}: the agreed topology, the
 * lease under which this node serves its slots, and which nodes are alive.
 */
@NullMarked
package io.slotcast.membership;

import org.jspecify.annotations.NullMarked;
